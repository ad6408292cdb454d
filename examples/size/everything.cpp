// Everything there is, named once: what a gateway without limits would link.
#include "board_stream.hpp"
#include "mailmote/mailmote.hpp"

namespace {

mailmote::UnixTime unix_time(void*) { return board_unix_time(); }

bool fill_random(void*, std::uint8_t* out, std::size_t size) { return board_random(out, size) == BOARD_OK; }

void log(mailmote::Text text) { board_log(text.data(), text.size()); }

class Log final : public mailmote::Observer {
 public:
  constexpr Log() = default;
  mailmote::AuthSet auth;

 private:
  void on_line(mailmote::Phase phase, mailmote::ByteView line, bool) override {
    char text[80];
    log(mailmote::name(phase));
    log(mailmote::escape(line, text, sizeof text));
    if (phase != mailmote::Phase::ehlo || line.size < 4) return;
    mailmote::parse_auth(std::string_view(reinterpret_cast<const char*>(line.data) + 4, line.size - 4), auth);
  }
  void on_sent(mailmote::Phase, mailmote::ByteView octets, mailmote::Sent kind) override {
    char text[80];
    if (kind == mailmote::Sent::command) log(mailmote::escape(octets, text, sizeof text));
  }
  void on_recipient(std::size_t, const mailmote::Reply& reply) override { log(reply.text); }
};

Log trace;

constexpr mailmote::Options options() {
  mailmote::Options options;
  options.host = "mail.example.com";
  options.security = mailmote::Security::none;
  options.allow_clear = true;
  options.chunking = &mailmote::kChunking;
  options.clock.read = unix_time;
  options.observer = &trace;
  return options;
}

constexpr mailmote::Options kOptions = options();
BoardStream stream;
mailmote::ClientBuffer<512, 512> windows;
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

constexpr mailmote::Header kHeaders[] = {{"X-Board", "pump 3"}};
mailmote::Recipient to[] = {{"ops@example.com", "Operations"}, {"night@example.com", mailmote::RecipientKind::bcc}};
mailmote::TextMessage text("sensor@example.com", to, "Tank 3 läuft leer", "Füllstand 3 %\n");

mailmote::MemorySource stored("From: sensor@example.com\nBcc: boss@example.com\nSubject: Report\n\nAll is well.\n");
mailmote::RawMessage raw("sensor@example.com", to, stored);

void finish() {
  for (;;) {
    const mailmote::Poll poll = client.poll(board_ms());
    if (poll == mailmote::Poll::done || poll == mailmote::Poll::idle) return;
    if (poll == mailmote::Poll::wait) sleep_until_needed(client);
  }
}

void deliver(mailmote::Message& message) {
  char line[160];
  if (client.start(message, mailmote::After::keep) != mailmote::Status::ok) return;
  finish();
  log(mailmote::name(client.outcome()));
  log(mailmote::name(client.advice()));
  log(mailmote::describe(client.error(), line));
}

}  // namespace

int main() {
  char id[64];
  if (mailmote::make_message_id({fill_random, nullptr}, "board.example.com", id) != mailmote::Status::ok) return 2;
  text.message_id = id;
  text.headers = kHeaders;
  text.header_count = 1;
  deliver(text);
  deliver(raw);
  if (client.noop() == mailmote::Status::ok) finish();
  if (client.quit() == mailmote::Status::ok) finish();
  return trace.auth.bits != 0 ? 0 : 1;
}
