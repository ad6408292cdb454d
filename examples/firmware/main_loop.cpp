#include "main_loop.hpp"

#include "board.hpp"
#include "network.hpp"

namespace {

std::uint32_t longest_poll;

}  // namespace

// Where other work is to be done, it is done in this loop too.
void run(mailmote::Client& client) {
  for (;;) {
    network::poll();
    const std::uint32_t now = board::milliseconds();
    const mailmote::Poll poll = client.poll(now);
    const std::uint32_t taken = board::milliseconds() - now;
    if (taken > longest_poll) longest_poll = taken;
    if (poll == mailmote::Poll::idle) return;
    if (poll == mailmote::Poll::wait) network::sleep(client.wait(board::milliseconds()).timeout);
  }
}

void pause(mailmote::Millis time) {
  mailmote::Deadline end;
  end.set(board::milliseconds(), time);
  while (!end.expired(board::milliseconds())) {
    network::poll();
    network::sleep(end.left(board::milliseconds()));
  }
}

void report(mailmote::Outcome outcome, const mailmote::Error& error) {
  print(mailmote::name(outcome));
  if (error.status != mailmote::Status::ok) {
    char sentence[192];
    board::print(" ");
    print(mailmote::name(error.status));
    board::print(": ");
    print(mailmote::describe(error, sentence));
  }
  board::print("\n");
}

void report_times() {
  print_number("longest poll: ", longest_poll, " ms\n");
  print_number("elapsed: ", board::milliseconds(), " ms\n");
}

void print(mailmote::Text text) {
  if (!text.empty()) board::print(text.data());
}

void print_number(const char* before, std::uint32_t number, const char* behind) {
  char digits[12] = {};
  char* first = digits + sizeof digits - 1;
  do {
    *--first = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  board::print(before);
  board::print(first);
  board::print(behind);
}
