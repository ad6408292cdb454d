// Content pulled whole out of a source, and what compose functions write.
#ifndef MAILMOTE_TESTS_SUPPORT_CONTENT_HPP
#define MAILMOTE_TESTS_SUPPORT_CONTENT_HPP

#include <cstring>
#include <string>

#include "mailmote/message.hpp"
#include "support/guard_page.hpp"
#include "mailmote/sink.hpp"

namespace mailmote::test {

/// All that `source` (started before) delivers to reads of `window` octets; "(error)" or "(endless)" instead of the
/// rest when it misbehaves.
inline std::string read_all(BodySource& source, std::size_t window) {
  constexpr int kReads = 1000000;
  const GuardPage page(window);
  std::string out;
  for (int i = 0; i < kReads; ++i) {
    const ReadResult result = source.read(page.bytes());
    if (result.status == ReadStatus::error) return out + "(error)";
    if (result.status != ReadStatus::would_block) out.append(reinterpret_cast<const char*>(page.data()), result.n);
    if (result.status == ReadStatus::end) return out;
  }
  return out + "(endless)";
}

/// What `compose(sink)` puts, in runs of `window` octets. "(incomplete)" is at the end when it stops too early.
template <class Compose>
std::string composed(std::size_t window, const Compose& compose) {
  std::string out;
  const GuardPage page(window);
  for (bool complete = false; !complete;) {
    Sink sink(page.data(), window, out.size());
    compose(sink);
    complete = sink.complete();
    out.append(reinterpret_cast<const char*>(page.data()), sink.written());
    if (!complete && sink.written() == 0) return out + "(incomplete)";
  }
  return out;
}

}  // namespace mailmote::test

#endif
