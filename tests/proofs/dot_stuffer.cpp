// One piece through the dot stuffer, from any state: up to 4 octets of any kind, in one buffer as close as may be.
#include "wire/dot_stuffer.cpp"

using mailmote::DotStuffer;

static const std::size_t kMost = 4;

// Any value.
bool nondet_bool();
std::size_t nondet_size();
std::uint8_t nondet_octet();

static bool is_line_end(const std::uint8_t* out, std::size_t at, std::size_t n) {
  return at + 1 < n && out[at] == '\r' && out[at + 1] == '\n';
}

static std::size_t count_plain(const std::uint8_t* octets, std::size_t n) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i) count += octets[i] != '\r' && octets[i] != '\n';
  return count;
}

int main() {
  const std::size_t size = nondet_size();
  __CPROVER_assume(size <= kMost);
  std::uint8_t buffer[2 * kMost + 2];
  std::uint8_t* const out = buffer + 2 * (kMost - size);  // 2 * size + 2 octets up to the end
  std::uint8_t* const in = out + size + 2;
  for (std::size_t i = 0; i < 2 * kMost + 2; ++i) buffer[i] = nondet_octet();
  const std::size_t plain = count_plain(in, size);
  const bool last_is_cr = size != 0 && in[size - 1] == '\r';

  DotStuffer stuffer(nondet_bool());
  stuffer.at_line_start_ = nondet_bool();
  stuffer.after_cr_ = nondet_bool();
  stuffer.repaired_ = nondet_bool();
  const DotStuffer before = stuffer;
  const std::size_t n = stuffer.filter(out, in, size);

  __CPROVER_assert(n <= 2 * size + 2, "no more comes out than is promised");
  const std::size_t doubled = count_plain(out, n) - plain;
  __CPROVER_assert(doubled <= (before.dots_ ? plain : 0), "nothing goes missing, and only dots are added");
  __CPROVER_assert(stuffer.after_cr_ == (size != 0 ? last_is_cr : before.after_cr_), "only a CR at the end waits");
  __CPROVER_assert(stuffer.repaired_ || !before.repaired_, "a repair is not forgotten");
  const std::size_t i = nondet_size();
  __CPROVER_assume(i < n);
  __CPROVER_assert(out[i] != '\r' || is_line_end(out, i, n), "a CR is followed by LF");
  __CPROVER_assert(out[i] != '\n' || (i != 0 && is_line_end(out, i - 1, n)), "an LF follows a CR");
  const bool starts = i == 0 ? before.at_line_start_ : out[i - 1] == '\n';
  __CPROVER_assert(!before.dots_ || !starts || out[i] != '.' || (i + 1 < n && out[i + 1] == '.'), "dots are doubled");
  __CPROVER_assert(stuffer.at_line_start_ == (out[n - 1] == '\n'), "the state says whether a line begins");
  return 0;
}
