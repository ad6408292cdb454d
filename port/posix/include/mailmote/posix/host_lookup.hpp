// The addresses of a host, for those who need them before they connect: a proxy that takes only numbers, say.
#ifndef MAILMOTE_POSIX_HOST_LOOKUP_HPP
#define MAILMOTE_POSIX_HOST_LOOKUP_HPP

#include "mailmote/posix/detail/address_list.hpp"
#include "mailmote/posix/detail/question.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "mailmote/stream.hpp"

struct pollfd;

namespace mailmote::posix {

/// Looks a host up as TcpStream does. start(), then progress() until it does not say would_block. Linked when named.
class HostLookup {
 public:
  static constexpr unsigned kMaxDescriptors = 16;

  /// Of the options only `name_servers`; they must stay. `timeout` is for all of it.
  constexpr explicit HostLookup(const TcpOptions* options = nullptr, Millis timeout = 15000)
      : options_(options), timeout_(timeout) {}

  /// Begins. ok; or invalid_host: empty, or longer than 253.
  Status start(Text host);

  /// ok: there are addresses. would_block: wait as wait() and descriptors() say. error: see status().
  IoStatus progress(Millis now);

  /// As for a Stream.
  Interest wait() const;
  unsigned descriptors(pollfd* into) const;

  void cancel() { question_.reset(); }

  /// name_not_found or name_lookup_failed; native() as TcpStream's.
  Status status() const { return status_; }
  std::int32_t native() const { return native_; }

  /// One of them as a text, ended by NUL and valid until the next call: of that family, or of any, IPv4 first. Empty: there
  /// is none.
  Text address(IpFamily family = IpFamily::none);

 private:
  IoStatus fail(Status status, std::int32_t native);

  const TcpOptions* options_;
  Millis timeout_;
  Millis now_ = 0;
  Deadline deadline_;
  detail::LookupPointer question_;
  detail::AddressList addresses_;
  Status status_ = Status::ok;
  std::int32_t native_ = 0;
  bool fresh_ = false;
  char text_[46] = {};
};

/// Waits for the end of what start() began.
Status run(HostLookup& lookup);

}  // namespace mailmote::posix

#endif
