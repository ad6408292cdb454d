#include "deliver.hpp"

#include "board.hpp"
#include "network.hpp"

namespace {

void report(const mailmote::Client& client) {
  board::print(mailmote::name(client.outcome()).data());
  if (client.error().status != mailmote::Status::ok) {
    char sentence[192];
    board::print(": ");
    board::print(mailmote::describe(client.error(), sentence).data());
  }
  board::print("\n");
}

}  // namespace

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

// Where other work is to be done, it is done in this loop too.
int deliver(mailmote::Client& client, mailmote::Message& message) {
  const mailmote::Status status = client.start(message);
  if (status != mailmote::Status::ok) {
    board::print(mailmote::name(status).data());
    return 2;
  }
  std::uint32_t longest = 0;
  for (;;) {
    network::poll();
    const std::uint32_t now = board::milliseconds();
    const mailmote::Poll poll = client.poll(now);
    const std::uint32_t taken = board::milliseconds() - now;
    if (taken > longest) longest = taken;
    if (poll == mailmote::Poll::done) report(client);
    if (poll == mailmote::Poll::idle) break;
    if (poll == mailmote::Poll::wait) board::sleep();
  }
  print_number("longest poll: ", longest, " ms\n");
  return client.outcome() == mailmote::Outcome::accepted ? 0 : 1;
}
