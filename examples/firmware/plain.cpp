// A mail without TLS, to a server that the board reaches by a wire of its own: what is needed at least.
#include "board.hpp"
#include "mailmote/lwip/tcp_stream.hpp"
#include "mailmote/text_message.hpp"
#include "main_loop.hpp"
#include "network.hpp"

namespace {

mailmote::UnixTime unix_time(void*) { return board::unix_time(); }

bool fill_random(void*, std::uint8_t* out, std::size_t size) { return board::random(out, size); }

constexpr mailmote::Options options() {
  mailmote::Options options;
  options.host = "mail.example.com";
  options.port = 25;
  options.security = mailmote::Security::none;
  options.allow_clear = true;
  options.timeouts = &mailmote::kDeviceTimeouts;
  options.clock.read = unix_time;
  return options;
}

constexpr mailmote::Options kOptions = options();
mailmote::lwip::TcpStream tcp;
mailmote::ClientBuffer<256, 512> windows;
mailmote::Client client(tcp, kOptions, windows.rx(), windows.tx());

mailmote::Recipient to[] = {{"ops@example.com", "Operations"}};
mailmote::TextMessage mail({"tank7@example.com", "Tank 7"}, to, "Füllstand niedrig",
                           "Tank 7 läuft leer: 3 %.\n.\n.. und die Pumpe steht.\n");

}  // namespace

int main() {
  network::start();
  char id[64];
  if (mailmote::make_message_id({fill_random, nullptr}, "tank7.example.com", id) != mailmote::Status::ok) return 1;
  mail.message_id = id;
  if (client.start(mail) != mailmote::Status::ok) return 2;
  run(client);
  report(client.outcome(), client.error());
  report_times();
  return client.outcome() == mailmote::Outcome::accepted ? 0 : 1;
}
