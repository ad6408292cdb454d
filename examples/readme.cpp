// The example of README.md: one mail, waiting until it is done.
#include <cstdio>

#include "mailmote/mailmote.hpp"
#include "mailmote/posix/waiter.hpp"

namespace {

mailmote::posix::TcpStream stream;
mailmote::ClientBuffer<512, 512> windows;

mailmote::Outcome send_alarm(const mailmote::Options& options) {
  mailmote::Client client(stream, options, windows.rx(), windows.tx());
  mailmote::Recipient to[] = {"ops@example.com", "chief@example.com"};
  mailmote::TextMessage mail("sensor@example.com", to, "Tank low", "Level 3 %");
  if (client.start(mail) != mailmote::Status::ok) return mailmote::Outcome::not_sent;
  return mailmote::posix::run(client, stream);  // or poll it, from a loop of your own
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: readme HOST  (a server that takes mail in clear at port 587 of this machine)\n");
    return 64;
  }
  mailmote::Options options;
  options.host = argv[1];
  options.security = mailmote::Security::none;
  options.clock = {mailmote::posix::wall_clock, nullptr};
  const mailmote::Outcome outcome = send_alarm(options);
  std::printf("%s\n", mailmote::name(outcome).data());
  return outcome == mailmote::Outcome::accepted ? 0 : 1;
}
