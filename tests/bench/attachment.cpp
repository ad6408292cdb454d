// Sends one mail with an attachment that is made as it goes, through windows of 512 and 65,536 octets, and prints the
// line of /proc/self/status with its memory at its peak: that does not depend on the size.
//   attachment PORT OCTETS
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "mailmote/client.hpp"
#include "mailmote/mime.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"
#include "mailmote/sources.hpp"
#include "mailmote/text_message.hpp"

namespace {

using namespace mailmote;

struct Left {
  std::uint32_t octets;
};

ReadResult make(void* context, MutableBytes into) {
  std::uint32_t& left = static_cast<Left*>(context)->octets;
  const std::size_t n = into.size < left ? into.size : left;
  std::memset(into.data, 'x', n);
  left -= static_cast<std::uint32_t>(n);
  return {left == 0 ? ReadStatus::end : ReadStatus::ok, n};
}

void print_peak() {
  std::FILE* const status = std::fopen("/proc/self/status", "r");
  char line[128];
  while (status != nullptr && std::fgets(line, sizeof line, status) != nullptr) {
    if (std::strncmp(line, "VmHWM:", 6) == 0) std::fputs(line, stdout);
  }
  if (status != nullptr) std::fclose(status);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "attachment PORT OCTETS\n"), 64;
  Left left{static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10))};

  Options options;
  options.host = "127.0.0.1";
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  options.security = Security::none;
  options.helo = "bench.example.com";
  posix::TcpStream stream;
  static ClientBuffer<512, 65536> windows;
  Client client(stream, options, windows.rx(), windows.tx());

  MemorySource words("See the file.\n");
  CallbackSource file(make, &left);
  file.length = left.octets;
  file.length_known = true;
  TextPart text(words);
  Attachment attachment("file.bin", "application/octet-stream", file);
  Recipient to("ops@example.com");
  MimeMessage mail("pump@example.com", to, "A file");
  mail.text = &text;
  mail.attachments = attachment;
  if (client.start(mail) != Status::ok) return 70;
  const Outcome outcome = posix::run(client, stream);
  posix::drain(client, stream);
  print_peak();
  if (outcome == Outcome::accepted) return 0;
  char sentence[192];
  return std::fprintf(stderr, "%s\n", describe(client.error(), sentence).data()), 69;
}
