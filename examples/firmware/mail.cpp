// A mail with an attachment that is made while it is sent, over TLS that is verified against a CA in flash, with a
// login, and through a proxy where there is one. All memory is static.
#include "board.hpp"
#include "mailer.hpp"
#include "mailmote/mbedtls/arena.hpp"
#include "mailmote/mime.hpp"
#include "mailmote/sources.hpp"
#include "mailmote/text_message.hpp"
#include "main_loop.hpp"
#include "network.hpp"
#include "settings.hpp"

namespace {

alignas(std::max_align_t) std::uint8_t arena[40 * 1024];

constexpr mailmote::Credentials kCredentials = {"tank7", "a secret of the tank"};

// The server's name is looked up by nobody here: the proxy is told the address.
constexpr mailmote::ProxyOptions proxy_options() {
  mailmote::ProxyOptions options;
  options.host = "10.0.2.2";
  options.address = "127.0.0.1";
  return options;
}

constexpr mailmote::ProxyOptions kProxy = proxy_options();

/// The attachment's rows: minute and level of the tank.
bool write_row(void* settings, std::uint32_t row, mailmote::Sink& out) {
  if (row == static_cast<const Settings*>(settings)->rows) return false;
  mailmote::put_number(out, static_cast<std::int32_t>(row));
  out.put(';');
  mailmote::put_fixed(out, 2500 - static_cast<std::int32_t>(row * 37 % 2500), 1);
  out.put("\r\n");
  return true;
}

bool fill_random(void*, std::uint8_t* out, std::size_t size) { return board::random(out, size); }

void apply(const Settings& settings, Mailer& mailer) {
  mailer.options.security = settings.security;
  mailer.options.allow_clear = settings.security == mailmote::Security::none;
  mailer.options.port = settings.port;
  mailer.attempts = settings.attempts;
  if (settings.tls == mailmote::TlsVersion::none) return;
  mailer.tls_options.min = mailer.tls_options.max = settings.tls;
}

void report_security(const Mailer& mailer) {
  print(mailmote::name(mailer.tls_report().version));
  board::print(", ");
  print(mailer.tls_report().cipher);
  if (mailer.mechanism() != nullptr) {
    board::print(", AUTH ");
    print(mailer.mechanism()->name());
  }
  print_number("\narena: ", static_cast<std::uint32_t>(mailmote::mbedtls::arena_high_water()), " octets\n");
}

}  // namespace

int main() {
  network::start();
  static Settings settings = read_settings();
  if (settings.tick != 0) network::wake_every(settings.tick);
  static Mailer mailer("mail.example.com", settings.login ? kCredentials : mailmote::Credentials{},
                       settings.proxy ? &kProxy : nullptr);
  apply(settings, mailer);
  char id[64];
  if (mailmote::mbedtls::use_arena({arena, sizeof arena}) != mailmote::Status::ok) return 1;
  if (mailmote::make_message_id({fill_random, nullptr}, "tank7.example.com", id) != mailmote::Status::ok) return 1;

  static mailmote::MemorySource words("Tank 7 läuft leer: 3 %.\n.\n.. und die Pumpe steht.\n");
  static mailmote::RowSource rows(write_row, &settings);
  static mailmote::TextPart text(words);
  static mailmote::Attachment table("levels.csv", "text/csv", rows);
  static mailmote::Recipient to[] = {{"ops@example.com", "Operations"}};
  static mailmote::MimeMessage mail({"tank7@example.com", "Tank 7"}, to, "Füllstand niedrig");
  mail.text = &text;
  mail.attachments = table;
  mail.message_id = id;

  const mailmote::Outcome outcome = mailer.send(mail);
  report(outcome, mailer.error());
  report_times();
  report_security(mailer);
  return outcome == mailmote::Outcome::accepted ? 0 : 1;
}
