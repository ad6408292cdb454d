#include "mailmote/detail/dot_stuffer.hpp"

#include <cstring>

#include "mailmote/sink.hpp"

namespace mailmote {

std::size_t DotStuffer::filter(std::uint8_t* out, const std::uint8_t* in, std::size_t size) {
  std::uint8_t* const start = out;
  const std::uint8_t* const end = in + size;
  while (in != end) {
    const bool at_lf = *in == '\n';
    if (at_lf || after_cr_) {
      if (at_lf != after_cr_) repaired_ = true;
      *out++ = '\r';
      *out++ = '\n';
      at_line_start_ = true;
      after_cr_ = false;
      if (at_lf) ++in;
      continue;
    }
    if (*in == '\r') {
      after_cr_ = true;
      ++in;
      continue;
    }
    if (at_line_start_ && dots_ && *in == '.') *out++ = '.';
    at_line_start_ = false;
    const std::uint8_t* run = in;
    while (run != end && *run != '\r' && *run != '\n') ++run;
    const auto length = static_cast<std::size_t>(run - in);
    std::memmove(out, in, length);
    out += length;
    in = run;
  }
  return static_cast<std::size_t>(out - start);
}

void DotStuffer::finish(Sink& sink) const { sink.put("\r\n", missing()); }

}  // namespace mailmote
