#include "auth/base64_writer.hpp"

#include "wire/wipe.hpp"

namespace mailmote {

void write_base64(Sink& out, Compose compose, const void* what) {
  struct {
    std::uint8_t octets[48];
    char group[4];
  } buffer;
  const std::size_t begin = out.total();
  const std::size_t groups = out.ahead() / 4;  // that went out before, perhaps with what stands behind them
  std::size_t at = groups * 3;
  std::size_t size = 0;
  out.pass(groups * 4);
  for (;;) {
    Sink piece(buffer.octets, sizeof buffer.octets, at);
    compose(what, piece);
    size = piece.total();
    const std::size_t n = piece.written();
    if (n == 0 || out.full()) break;
    for (std::size_t i = 0; i < n; i += 3) {
      base64_group(reinterpret_cast<const char*>(buffer.octets) + i, n - i, buffer.group);
      out.put(buffer.group, sizeof buffer.group);
    }
    at += n;
  }
  out.pass(begin + base64_length(size) - out.total());  // to the end, forward or back
  wipe(&buffer, sizeof buffer);
}

}  // namespace mailmote
