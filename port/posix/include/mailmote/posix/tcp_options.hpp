// How the POSIX port connects: from where, and what keeps the connection alive.
#ifndef MAILMOTE_POSIX_TCP_OPTIONS_HPP
#define MAILMOTE_POSIX_TCP_OPTIONS_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/ip.hpp"

namespace mailmote::posix {

/// Picks the local end of a connection to `remote`, just before it is begun. What it leaves empty (an address of family
/// none, a port 0) is as TcpOptions says.
struct LocalEnd {
  IpEndpoint (*pick)(void* context, const IpEndpoint& remote) = nullptr;
  void* context = nullptr;
};

/// All of it is optional. What it points to must stay valid as long as a stream uses it.
///
/// Status::bind_failed: the local address, port or interface cannot be used; native() is errno, such as EADDRNOTAVAIL (not
/// an address of this machine), EADDRINUSE (no port of the range is free), ENODEV (no such interface), EAFNOSUPPORT (the
/// server has no address of the local one's family).
struct TcpOptions {
  IpAddress local_address;             ///< to connect from; family none: the system chooses
  std::uint16_t local_port = 0;        ///< to connect from; 0: the system chooses
  std::uint16_t last_local_port = 0;   ///< the first free port from local_port up to this one; 0: only local_port
  const char* interface = nullptr;     ///< such as "eth1". Where the system does not let this user bind to an interface,
                                       ///< an address of it is taken. Name look-ups do not care
  LocalEnd local_end;                  ///< asked before each attempt; null: nobody
  Millis keep_alive = 60000;           ///< a silent connection is probed after this; 0: never
  Millis user_timeout = 180000;        ///< a connection on which nothing sent is acknowledged for this long is broken
                                       ///< (RFC 5482; Linux); 0: as the system has it
  bool fast_open = false;              ///< TCP Fast Open (RFC 7413; Linux), where the server has one address: what is
                                       ///< written first travels with the SYN to a server that was visited before
  const char* name_servers = nullptr;  ///< such as "192.0.2.53,[2001:db8::53]:5353"; null: as the system has it. Only
                                       ///< with c-ares
};

/// Reads where to connect from: an address, a port or range of ports, or both: "192.0.2.7", "192.0.2.7:2500-2600",
/// "2001:db8::7", "[2001:db8::7]:2500", ":2500". False: it is none of these, and `options` is as it was.
bool parse_local_end(Text text, TcpOptions& options);

/// Whether looking up a name blocks (and progress() with it): in a library that was built without c-ares, and on Zephyr.
bool look_up_blocks();

}  // namespace mailmote::posix

#endif
