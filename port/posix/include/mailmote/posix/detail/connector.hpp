// From a host to a connected socket.
#ifndef MAILMOTE_POSIX_DETAIL_CONNECTOR_HPP
#define MAILMOTE_POSIX_DETAIL_CONNECTOR_HPP

#include "mailmote/posix/detail/address_list.hpp"
#include "mailmote/posix/detail/pollfd.hpp"
#include "mailmote/posix/detail/question.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "mailmote/stream.hpp"

namespace mailmote::posix::detail {

/// Looks a name up and lets its addresses race (RFC 8305), at most two at a time: a new attempt every 250 ms, and at once
/// when one has failed. With more than two addresses the older attempt gives way. When all had their turn they get
/// another one, with twice the time between, up to 2 s; the two that are left then have as long as the system gives them.
class Connector {
 public:
  static constexpr unsigned kMaxDescriptors = 18;

  constexpr explicit Connector(const TcpOptions* options) : options_(options) {}
  ~Connector() { abort(); }

  /// As Stream's open() and progress(). After ok, take() the socket.
  IoStatus open(const Endpoint& endpoint);
  IoStatus progress(Millis now);
  void abort();

  /// The connected socket, which is the caller's from here on.
  struct Taken {
    int fd;
    int broken;     // errno when it was up and has broken already
    bool deferred;  // Fast Open: connected in name only
  };
  Taken take();

  Interest wait() const;
  unsigned descriptors(pollfd* into) const;
  void ready(const pollfd& one);
  int fd() const { return attempts_[newest_].fd; }
  unsigned generation() const;

  IpEndpoint remote() const { return {addresses_[attempts_[newest_].place], port_}; }
  Status status() const { return status_; }
  std::int32_t native() const { return native_; }

 private:
  struct Attempt {
    int fd = -1;
    int broken = 0;
    std::uint8_t place = 0;
    bool writable = false;  // poll(2) said so
    bool deferred = false;
  };

  IoStatus look_up(const char* host);
  void hear_names(Millis now);
  bool next_is_due(Millis now) const;
  bool may_go_on() const;
  void begin_round();
  IoStatus start_next(Millis now);
  bool is_up(Attempt& attempt);
  IoStatus win(unsigned number);
  void note(int error, bool local);
  void drop(Attempt& attempt);
  bool racing() const { return attempts_[0].fd >= 0 || attempts_[1].fd >= 0; }
  unsigned count_attempts() const;
  void forget_lookup();

  const TcpOptions* options_;
  LookupPointer lookup_;
  AddressList addresses_;
  Attempt attempts_[2];
  Deadline pause_;             // before the next attempt
  Millis delay_ = 0;           // between two attempts
  Millis now_ = 0;             // of the last progress()
  std::uint32_t scope_ = 0;    // of a numeric address
  std::uint16_t port_ = 0;
  std::uint8_t newest_ = 0;    // of attempts_
  bool fresh_ = false;         // open() was the last call
  Status status_ = Status::ok;
  std::int32_t native_ = 0;
  unsigned generation_ = 0;
};

}  // namespace mailmote::posix::detail

#endif
