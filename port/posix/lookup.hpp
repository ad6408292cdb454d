// Asking for names. cares/ does it without blocking; blocking/ is for systems without c-ares, sockets/ for devices.
// One of them is built.
#ifndef MAILMOTE_POSIX_LOOKUP_HPP
#define MAILMOTE_POSIX_LOOKUP_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/ip.hpp"
#include "mailmote/posix/detail/address_list.hpp"
#include "mailmote/posix/detail/pollfd.hpp"
#include "mailmote/posix/detail/question.hpp"
#include "mailmote/status.hpp"

namespace mailmote::posix::detail {

/// A question under way.
class Question {
 public:
  static constexpr unsigned kMaxDescriptors = 16;

  virtual ~Question() = default;

  /// Moves it without blocking; what has come is added to where the question was asked for it.
  virtual void step() = 0;

  virtual bool done() const = 0;

  /// What came of it: ok (also while it is not done), name_not_found or name_lookup_failed; and the resolver's number.
  virtual Status status() const = 0;
  virtual std::int32_t native() const = 0;

  /// What to wait for, at most kMaxDescriptors; and how long at most, in ms.
  virtual unsigned descriptors(pollfd* into) const = 0;
  virtual Millis timeout() const = 0;

  /// Grows whenever descriptors() changes.
  virtual unsigned generation() const = 0;
};

/// Asks for the addresses of a host.
class Lookup : public Question {
 public:
  /// Whether addresses of that family may still come.
  virtual bool awaits(IpFamily family) const = 0;
};

/// `name_servers` as in TcpOptions. Null: out of memory.
LookupPointer look_up(const char* host, const char* name_servers, AddressList& into);

/// One SRV record (RFC 2782).
struct Service {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  char host[254] = {};  // without the last dot; empty: the service is not offered
};

/// Takes the records as they come.
struct ServiceSink {
  void (*add)(void* context, const Service& service);
  void* context;
};

/// Asks for the SRV records of `name`. Null: out of memory.
QuestionPointer look_up_services(const char* name, const char* name_servers, ServiceSink sink);

}  // namespace mailmote::posix::detail

#endif
