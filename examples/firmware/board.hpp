// What a board gives to the firmware; boards/*/ implement it.
#ifndef MAILMOTE_FIRMWARE_BOARD_HPP
#define MAILMOTE_FIRMWARE_BOARD_HPP

#include <cstddef>
#include <cstdint>

namespace board {

constexpr std::size_t kMaxFrame = 1514;

/// Starts the clock and the network interface, which gets this MAC address.
void start(const std::uint8_t (&mac)[6]);

/// Milliseconds since the start; wraps around.
std::uint32_t milliseconds();

/// Seconds since 1970; 0 while not known.
std::uint32_t unix_time();

/// Fills `out` with cryptographic random octets.
bool random(std::uint8_t* out, std::size_t size);

/// Sleeps until a frame has come in or `limit` milliseconds have passed; it may wake up earlier.
void sleep(std::uint32_t limit);

/// Copies the next Ethernet frame that came in, without its check sequence, into `out` (at least kMaxFrame octets).
/// Returns its octets, 0 when there is none.
std::size_t receive(std::uint8_t* out);

/// Sends an Ethernet frame of at most kMaxFrame octets; one that does not fit just now is lost, as on any network.
void send(const std::uint8_t* frame, std::size_t size);

/// The words that the emulator was given for the program, with blanks between them, ended by NUL; false when there are
/// none.
bool arguments(char* out, std::size_t size);

/// Prints a text that ends with NUL.
void print(const char* text);

/// Ends the program; status 0 is success.
[[noreturn]] void exit(int status);

}  // namespace board

#endif
