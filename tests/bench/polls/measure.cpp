#include "measure.hpp"

#include "semihosting.hpp"

using namespace mailmote;

namespace {

constexpr std::uint32_t kInstructionsPerTick = 40, kClockMask = 0xffffff;

volatile std::uint32_t& system_register(std::uintptr_t address) {
  return *reinterpret_cast<volatile std::uint32_t*>(address);
}

std::uint32_t ticks() { return ~system_register(0xe000e018); }

struct Result {
  std::uint32_t round_trips = 0, polls = 0, longest = 0, all = 0;
  Text end = "not finished";
};

constexpr std::uint32_t kMostPolls = 100000;
std::uint8_t rx[512], tx[512];

Text end_of(const Client& client, bool login) {
  const Status status = client.error().status;
  if (status != Status::ok) return name(status);
  return login ? Text("logged in") : name(client.outcome());
}

Result measure(const Options& options, Stream& stream, Message* message, WindowSizes windows) {
  Client client(stream, options, {rx, windows.rx}, {tx, windows.tx});
  Result result;
  const Status begun = message != nullptr ? client.start(*message) : client.validate_credentials();
  if (begun != Status::ok) return result;
  while (result.polls < kMostPolls) {
    const std::uint32_t start = ticks();
    const Poll poll = client.poll(0);
    const std::uint32_t taken = ((ticks() - start) & kClockMask) * kInstructionsPerTick;
    ++result.polls;
    result.all += taken;
    if (taken > result.longest) result.longest = taken;
    if (poll == Poll::done) result.end = end_of(client, message == nullptr);
    if (poll == Poll::done) result.round_trips = client.session().round_trips();
    if (poll == Poll::idle) break;
  }
  return result;
}

void print(std::uint32_t number) {
  char digits[12] = {};
  char* at = digits + sizeof digits - 1;
  do {
    *--at = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  semihosting::print(at);
}

}  // namespace

void start_clock() {
  system_register(0xe000e014) = kClockMask;  // reload
  system_register(0xe000e018) = 0;           // current value
  system_register(0xe000e010) = 5;           // on, by the core's clock, without interrupt
}

void report(const char* kind, const char* about, const Options& options, ScriptedStream&& stream, Message* message,
            WindowSizes windows) {
  const Result result = measure(options, stream, message, windows);
  for (const char* text : {kind, "\t", about, "\t", result.end.data()}) semihosting::print(text);
  for (const std::uint32_t number : {result.round_trips, result.polls, result.longest, result.all}) {
    semihosting::print("\t");
    print(number);
  }
  semihosting::print("\n");
}
