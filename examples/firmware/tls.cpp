// A mail over TLS that is verified against a CA in flash, with all memory in static storage.
#include <cstring>

#include "board.hpp"
#include "ca.hpp"
#include "deliver.hpp"
#include "mailmote/lwip/tcp_stream.hpp"
#include "mailmote/mbedtls/arena.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "mailmote/text_message.hpp"
#include "network.hpp"

namespace {

mailmote::UnixTime unix_time(void*) { return board::unix_time(); }

bool fill_random(void*, std::uint8_t* out, std::size_t size) { return board::random(out, size); }

constexpr mailmote::RandomSource kRandom = {fill_random, nullptr};

constexpr mailmote::TlsOptions tls_options() {
  mailmote::TlsOptions options;
  options.ca = {kCa, sizeof kCa};
  options.clock.read = unix_time;
  options.random = kRandom;
  return options;
}

constexpr mailmote::Options mail_options() {
  mailmote::Options options;
  options.host = "mail.example.com";
  options.security = mailmote::Security::implicit;
  options.timeouts = &mailmote::kDeviceTimeouts;
  options.clock.read = unix_time;
  return options;
}

mailmote::TlsOptions secure = tls_options();
mailmote::Options options = mail_options();
alignas(std::max_align_t) std::uint8_t arena[40 * 1024];
mailmote::lwip::TcpStream tcp;
mailmote::mbedtls::TlsStream tls(tcp, secure);
mailmote::ClientBuffer<256, 512> windows;
mailmote::Client client(tls, options, windows.rx(), windows.tx());

mailmote::Recipient to[] = {{"ops@example.com", "Operations"}};
mailmote::TextMessage mail({"tank7@example.com", "Tank 7"}, to, "Füllstand niedrig",
                           "Tank 7 läuft leer: 3 %.\n.\n.. und die Pumpe steht.\n");

/// The emulator may ask for STARTTLS, and for one version of TLS.
void choose() {
  char argument[32];
  if (!board::argument(argument, sizeof argument)) return;
  if (std::strstr(argument, "starttls") != nullptr) options.security = mailmote::Security::starttls;
  if (std::strstr(argument, "1.2") != nullptr) secure.max = mailmote::TlsVersion::tls1_2;
  if (std::strstr(argument, "1.3") != nullptr) secure.min = mailmote::TlsVersion::tls1_3;
}

void report_tls() {
  board::print(mailmote::name(tls.tls()->version).data());
  board::print(", ");
  board::print(tls.tls()->cipher.data());
  print_number("\narena: ", static_cast<std::uint32_t>(mailmote::mbedtls::arena_high_water()), " octets\n");
}

}  // namespace

int main() {
  network::start();
  choose();
  char id[64];
  if (mailmote::mbedtls::use_arena({arena, sizeof arena}) != mailmote::Status::ok) return 1;
  if (mailmote::make_message_id(kRandom, "tank7.example.com", id) != mailmote::Status::ok) return 1;
  mail.message_id = id;
  const int status = deliver(client, mail);
  report_tls();
  return status;
}
