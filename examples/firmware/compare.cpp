// The same plain mail by mailmote and by lwIP's own SMTP client, over the same lwIP, and how many instructions each
// takes: all that is done between waking up and falling asleep. For an emulator that takes a nanosecond for each
// instruction, on a core with a SysTick at 25 MHz.
#include "board.hpp"
#include "lwip/apps/smtp.h"
#include "mailmote/lwip/tcp_stream.hpp"
#include "mailmote/text_message.hpp"
#include "main_loop.hpp"
#include "network.hpp"
#include "settings.hpp"

namespace {

constexpr std::uint32_t kInstructionsPerTick = 40, kTicksPerMillisecond = 25000;
constexpr mailmote::Millis kSettling = 100;  // in which the connection's last segments go

constexpr char kSender[] = "tank7@example.com", kRecipient[] = "ops@example.com", kSubject[] = "Tank low";
constexpr char kBody[] = "Tank 7 is running dry: 3 %, and the pump has stopped.";  // lwIP's client takes one line
constexpr char kMail[] =  // with the header that lwIP's client writes
    "From: <tank7@example.com>\r\nTo: <ops@example.com>\r\nSubject: Tank low\r\n\r\n"
    "Tank 7 is running dry: 3 %, and the pump has stopped.\r\n";

std::uint32_t instructions() {
  for (;;) {
    const std::uint32_t before = board::milliseconds();
    const std::uint32_t left = *reinterpret_cast<volatile std::uint32_t*>(0xe000e018);
    if (board::milliseconds() == before) return ((before + 1) * kTicksPerMillisecond - left) * kInstructionsPerTick;
  }
}

/// Calls `step` whenever the program is awake, until it says that it is done; returns the instructions, with those of a
/// while after that.
template <class Step>
std::uint32_t count(Step step) {
  std::uint32_t sum = 0;
  mailmote::Deadline end;
  while (!end.expired(board::milliseconds())) {
    const std::uint32_t start = instructions();
    network::poll();
    if (!end.armed() && step()) end.set(board::milliseconds(), kSettling);
    sum += instructions() - start;
    network::sleep(end.left(board::milliseconds()));
  }
  return sum;
}

constexpr mailmote::Options mail_options() {
  mailmote::Options options;
  options.host = "mail.example.com";
  options.security = mailmote::Security::none;
  options.allow_clear = true;
  return options;
}

mailmote::Options options = mail_options();
mailmote::lwip::TcpStream tcp;
mailmote::ClientBuffer<256, 512> windows;
mailmote::Client client(tcp, options, windows.rx(), windows.tx());
mailmote::Recipient to[] = {kRecipient};
mailmote::MemorySource content(kMail);
mailmote::Message mail(kSender, to, content);

bool is_due(const mailmote::Wait& wait) {
  const mailmote::Interest ready = tcp.ready();
  return wait.timeout == 0 || (wait.want_read && ready.read) || (wait.want_write && ready.write);
}

/// Polls only when there is something to do: after an event of lwIP, or when something is due.
bool step_client() {
  const std::uint32_t now = board::milliseconds();
  if (!is_due(client.wait(now))) return false;
  mailmote::Poll poll = mailmote::Poll::again;
  while (poll == mailmote::Poll::again || poll == mailmote::Poll::done) poll = client.poll(now);
  return poll == mailmote::Poll::idle;
}

std::uint32_t by_mailmote() {
  const std::uint32_t start = instructions();
  if (client.start(mail) != mailmote::Status::ok) board::exit(2);
  const std::uint32_t beginning = instructions() - start;
  const std::uint32_t taken = beginning + count(step_client);
  if (client.outcome() != mailmote::Outcome::accepted) board::exit(3);
  return taken;
}

bool has_ended;

void on_result(void*, std::uint8_t result, std::uint16_t, err_t) {
  has_ended = true;
  if (result != SMTP_RESULT_OK) board::exit(4);
}

std::uint32_t by_lwip() {
  has_ended = false;
  const std::uint32_t start = instructions();
  if (smtp_send_mail_static(kSender, kRecipient, kSubject, kBody, on_result, nullptr) != ERR_OK) board::exit(5);
  const std::uint32_t beginning = instructions() - start;
  return beginning + count([] { return has_ended; });
}

/// A poll that finds nothing to do, as in a loop that does not look at wait().
std::uint32_t idle_poll() {
  if (client.start(mail) != mailmote::Status::ok) board::exit(2);
  while (client.poll(board::milliseconds()) == mailmote::Poll::again) {
  }
  constexpr std::uint32_t kTimes = 100;
  const std::uint32_t start = instructions();
  for (std::uint32_t i = 0; i < kTimes; ++i) static_cast<void>(client.poll(board::milliseconds()));
  const std::uint32_t taken = (instructions() - start) / kTimes;
  client.cancel();
  return taken;
}

}  // namespace

int main() {
  network::start();
  options.port = read_settings().port;
  smtp_set_server_addr("mail.example.com");
  smtp_set_server_port(options.port);
  smtp_set_auth(nullptr, nullptr);  // no login; it counts on being told
  for (int i = 0; i < 20; ++i) {
    print_number("mailmote: ", by_mailmote(), "\n");
    print_number("lwIP: ", by_lwip(), "\n");
  }
  print_number("idle poll: ", idle_poll(), "\n");
  return 0;
}
