// What a hosted application lends a client: a clock, a way to wait, randomness, and the loop that does the rest.
#ifndef MAILMOTE_POSIX_WAITER_HPP
#define MAILMOTE_POSIX_WAITER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/client.hpp"
#include "mailmote/posix/tcp_stream.hpp"

namespace mailmote::posix {

/// Milliseconds of CLOCK_MONOTONIC.
Millis now();

/// Sleeps in poll(2) until `wait` is over, or a signal came.
void wait(const Wait& wait, TcpStream& stream);

/// The blocking way to use a client: polls and waits until the operation that was started is done, and returns its
/// outcome. The operation may have been polled before. Returns at once when nothing is under way.
///
/// `stream` is the TCP stream at the bottom of the client's stack.
Outcome run(Client& client, TcpStream& stream);

/// Polls and waits until the client is idle: what it still does in the background, such as waiting for the reply to
/// QUIT, is then over. At most about 5 s.
void drain(Client& client, TcpStream& stream);

/// For WallClock::read: the system's time; 0 when it was never set, which is what a year before 2025 means, or after 2106.
UnixTime wall_clock(void* context);

/// For RandomSource::fill: the system's random octets (getrandom(2)); false when there are none.
bool random(void* context, std::uint8_t* out, std::size_t size);

}  // namespace mailmote::posix

#endif
