#include "auth/base64_writer.hpp"

#include "wire/wipe.hpp"

namespace mailmote {

void write_base64(Sink& out, const SaslMechanism& mechanism, std::size_t size) {
  const std::size_t length = base64_length(size);
  std::size_t at = out.ahead() / 4 * 3;  // groups that went out before
  if (at > size) at = size;
  std::size_t done = base64_length(at);
  out.pass(done);
  std::uint8_t octets[48];
  char group[4];
  while (at < size && !out.full()) {
    Sink piece(octets, sizeof octets, at);
    mechanism.write(piece);
    const std::size_t n = piece.written();
    for (std::size_t i = 0; i < n && !out.full(); i += 3) {
      base64_group(reinterpret_cast<const char*>(octets) + i, n - i < 3 ? n - i : 3, group);
      out.put(group, sizeof group);
      done += 4;
    }
    at += n;
  }
  out.pass(length - done);
  wipe(octets, sizeof octets);
  wipe(group, sizeof group);
}

}  // namespace mailmote
