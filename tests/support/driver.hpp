// Drives a Client as a select loop would: it polls only when wait() says so, and so notices a stall.
#ifndef MAILMOTE_TESTS_SUPPORT_DRIVER_HPP
#define MAILMOTE_TESTS_SUPPORT_DRIVER_HPP

#include <functional>
#include <string>

#include "mailmote/client.hpp"
#include "support/virtual_stream.hpp"

namespace mailmote::test {

class Driver {
 public:
  Driver(Client& client, VirtualStream& stream, VirtualClock& clock)
      : client_(client), stream_(stream), clock_(clock) {}

  /// Says whether the client may wait until one of its deadlines although nothing is under way: for a silent server, a
  /// slow source. Otherwise (or without it) such a wait is a stall.
  std::function<bool()> patient;

  /// Most polls in one run.
  std::size_t poll_limit = 2000000;

  /// Most reads, and most writes, in one poll: a proxy's dialogue has more.
  std::size_t io_limit = 1;

  /// Polls until done. Returns what went wrong; empty: nothing.
  std::string run_to_done() { return run(Poll::done); }

  /// Polls until idle: what is cleaned up behind an operation.
  std::string run_to_idle() { return run(Poll::idle); }

  /// Lets time pass without a poll.
  void pause(Millis ms);

  std::size_t polls() const { return polls_; }
  std::size_t waits() const { return waits_; }      ///< how often it had to wait for the network
  std::uint64_t elapsed() const { return elapsed_; }  ///< ms of virtual time

 private:
  std::string run(Poll until);
  std::string poll_once(Poll& said);
  std::string sleep();
  void pass(Millis ms);

  Client& client_;
  VirtualStream& stream_;
  VirtualClock& clock_;
  std::size_t polls_ = 0;
  std::size_t waits_ = 0;
  std::uint64_t elapsed_ = 0;
};

}  // namespace mailmote::test

#endif
