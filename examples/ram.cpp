// How much memory sending mail takes: all of it is in the objects below, and the application decides where they live.
#include <cstdio>

#include "mailmote/mailmote.hpp"
#include "mailmote/posix/tcp_stream.hpp"

namespace {

void show(const char* what, std::size_t octets) { std::printf("%7zu  %s\n", octets, what); }

}  // namespace

int main() {
  using Windows = mailmote::ClientBuffer<512, 512>;
  const std::size_t sum = sizeof(mailmote::Client) + sizeof(Windows) + sizeof(mailmote::posix::TcpStream) +
                          sizeof(mailmote::Options) + sizeof(mailmote::TextMessage) + sizeof(mailmote::Recipient);
  std::printf("bytes of RAM on this machine, with pointers of %zu bytes:\n", sizeof(void*));
  show("Client", sizeof(mailmote::Client));
  show("ClientBuffer<512, 512>, its windows (from 64 and 128)", sizeof(Windows));
  show("posix::TcpStream", sizeof(mailmote::posix::TcpStream));
  show("Options", sizeof(mailmote::Options));
  show("TextMessage", sizeof(mailmote::TextMessage));
  show("Recipient, each", sizeof(mailmote::Recipient));
  show("in all, for one recipient; no heap", sum);
}
