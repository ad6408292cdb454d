// Sends the same mail over and over, one connection a mail or all on one: what the measurements look at.
//   mails PORT COUNT RECIPIENTS OCTETS WINDOW data|bdat quit|keep
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "mailmote/client.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace {

using namespace mailmote;

// Content of `octets` octets: text in lines of 76, a dot at every tenth line's start; delivered a window at a time.
class Generator final : public BodySource {
 public:
  explicit Generator(std::uint32_t octets) : octets_(octets) {
    for (int line = 0; line < 10; ++line) pattern_ += (line == 0 ? '.' : 'a') + std::string(75, 'b') + "\r\n";
    while (pattern_.size() < (1 << 17)) pattern_ += pattern_;
  }

 private:
  Status do_start(const Offer&, ContentPlan& plan) override {
    at_ = 0;
    plan.rewindable = plan.length_known = true;
    plan.length = octets_;
    plan.form = ContentForm::canonical;
    return Status::ok;
  }
  ReadResult do_read(MutableBytes into) override {
    const std::size_t period = 780;
    std::size_t n = octets_ - at_;
    if (n > into.size) n = into.size;
    std::memcpy(into.data, pattern_.data() + at_ % period, n);
    at_ += static_cast<std::uint32_t>(n);
    return {at_ == octets_ ? ReadStatus::end : ReadStatus::ok, n};
  }

  std::uint32_t octets_;
  std::uint32_t at_ = 0;
  std::string pattern_;
};

std::vector<Recipient> recipients_of(std::vector<std::string>& names) {
  std::vector<Recipient> recipients;
  for (const std::string& name : names) recipients.emplace_back(Text(name));
  return recipients;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 8) return std::fprintf(stderr, "mails PORT COUNT RECIPIENTS OCTETS WINDOW data|bdat quit|keep\n"), 64;
  const int count = std::atoi(argv[2]);
  const auto octets = static_cast<std::uint32_t>(std::atol(argv[4]) / 78 * 78);
  const auto window = static_cast<std::size_t>(std::atol(argv[5]));
  const bool keep = std::strcmp(argv[7], "keep") == 0;

  Options options;
  options.host = "127.0.0.1";
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  options.security = Security::none;
  options.helo = "bench.example.com";
  options.chunking = std::strcmp(argv[6], "bdat") == 0 ? &kChunking : nullptr;

  std::vector<std::string> names;
  for (int i = 0; i < std::atoi(argv[3]); ++i) names.push_back("user" + std::to_string(i) + "@example.com");
  std::vector<Recipient> recipients = recipients_of(names);
  std::vector<std::uint8_t> rx(window), tx(window);
  Generator body(octets);
  posix::TcpStream stream;
  Client client(stream, options, {rx.data(), rx.size()}, {tx.data(), tx.size()});
  Message message("sensor@example.com", {recipients.data(), recipients.size()}, body);
  for (int i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    if (client.start(message, keep && !last ? After::keep : After::quit) != Status::ok) return 70;
    if (posix::run(client, stream) != Outcome::accepted) {
      char text[192];
      return std::fprintf(stderr, "%s\n", describe(client.error(), text).data()), 69;
    }
    if (!keep || last) posix::drain(client, stream);
  }
  std::printf("round trips %u\n", client.session().round_trips());
}
