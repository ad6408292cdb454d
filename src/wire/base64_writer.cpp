#include "wire/base64_writer.hpp"

#include "wire/wipe.hpp"

namespace mailmote {

void write_base64(Sink& out, Compose compose, const void* what) {
  constexpr std::size_t kPiece = 48;
  char text[base64_length(kPiece)];
  char* const octets = text + sizeof text - kPiece;  // whence they are encoded forward
  const std::size_t begin = out.total();
  const std::size_t groups = out.ahead() / 4;  // that went out before, perhaps with what stands behind them
  std::size_t at = groups * 3;
  std::size_t size = 0;
  out.pass(groups * 4);
  for (;;) {
    Sink piece(reinterpret_cast<std::uint8_t*>(octets), kPiece, at);
    compose(what, piece);
    size = piece.total();
    const std::size_t n = piece.written();
    if (n == 0 || out.full()) break;
    char* end = text;
    for (std::size_t i = 0; i < n; i += 3, end += 4) base64_group(octets + i, n - i, end);
    out.put(text, static_cast<std::size_t>(end - text));
    at += n;
  }
  out.pass(begin + base64_length(size) - out.total());  // to the end, forward or back
  wipe(text, sizeof text);
}

}  // namespace mailmote
