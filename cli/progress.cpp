#include "progress.hpp"

#include <cstdio>

#include "mailmote/posix/waiter.hpp"

namespace mailmote::cli {
namespace {

constexpr Millis kFirst = 500;
constexpr Millis kEach = 200;

double megabytes(std::uint64_t octets) { return static_cast<double>(octets) / 1e6; }

}  // namespace

void Progress::add(std::uint64_t octets) {
  const Millis now = posix::now();
  if (!next_.armed()) next_.set(now, kFirst);
  sent_ += octets;
  if (!next_.expired(now)) return;
  next_.set(now, kEach);
  std::fprintf(stderr, "\r%.1f of about %.1f MB sent\x1b[K", megabytes(sent_), megabytes(total_));
  shown_ = true;
}

void Progress::finish() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace mailmote::cli
