// The socket of a connection: from where, and with what settings.
#ifndef MAILMOTE_POSIX_LOCAL_END_HPP
#define MAILMOTE_POSIX_LOCAL_END_HPP

#include "mailmote/posix/tcp_options.hpp"
#include "mailmote/status.hpp"

namespace mailmote::posix {

/// A socket that connects, or why there is none.
struct Dialled {
  int fd = -1;
  int error = 0;           ///< errno when fd is -1
  bool local = false;      ///< it is this end that `error` is about
  bool connected = false;  ///< at once; by Fast Open in name only
};

/// Begins a connection to `remote`. `scope` is of a link-local one. `lone`: the server has no other address.
Dialled dial(const IpEndpoint& remote, std::uint32_t scope, const TcpOptions* options, bool lone);

}  // namespace mailmote::posix

#endif
