// One step of the line reader from any state that its invariant allows, with any octets in a window of 2 to 8.
#include "wire/line_reader.cpp"

using mailmote::ByteView;
using mailmote::Line;
using mailmote::LineReader;
using mailmote::MutableBytes;

static const std::size_t kMost = 8;

// Any value.
std::size_t nondet_size();
std::uint16_t nondet_count();
std::uint8_t nondet_octet();

struct State {
  std::uint8_t octets[kMost];
  std::size_t size, begin, end, found;
  std::uint16_t dropped;
};

static void copy_state(const LineReader& reader, State& state) {
  for (std::size_t i = 0; i < kMost; ++i) state.octets[i] = i < reader.window_.size ? reader.window_.data[i] : 0;
  state.size = reader.window_.size;
  state.begin = reader.begin_;
  state.end = reader.end_;
  state.found = reader.found_;
  state.dropped = reader.dropped_;
}

// found_ is the first LF at or behind begin_, else the end; a line that lost octets begins where the window does.
static bool is_sound(const LineReader& reader) {
  if (reader.begin_ > reader.found_ || reader.found_ > reader.end_ || reader.end_ > reader.window_.size) return false;
  if (reader.dropped_ != 0 && reader.begin_ != 0) return false;
  for (std::size_t i = 0; i < kMost; ++i) {
    if (i >= reader.begin_ && i < reader.found_ && reader.window_.data[i] == '\n') return false;
  }
  return reader.found_ == reader.end_ || reader.window_.data[reader.found_] == '\n';
}

static void make_any(LineReader& reader, std::uint8_t* window, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) window[i] = nondet_octet();
  reader.window_.data = window;
  reader.window_.size = size;
  reader.begin_ = nondet_size();
  reader.end_ = nondet_size();
  reader.found_ = nondet_size();
  reader.dropped_ = nondet_count();
  __CPROVER_assume(is_sound(reader));
}

// No octet goes missing unsaid: what is held and what was dropped are what came, as far as the count goes.
static bool adds_up(std::size_t came, const State& before, const LineReader& reader) {
  const std::size_t all = came + before.end - before.begin + before.dropped;
  return reader.dropped_ == LineReader::kTooLong || reader.end_ - reader.begin_ + reader.dropped_ == all;
}

static void prove_reset(LineReader& reader) {
  reader.reset();
  __CPROVER_assert(is_sound(reader) && !reader.has_line() && reader.rest().size == 0, "reset: empty and sound");
}

static void prove_space(LineReader& reader) {
  __CPROVER_assume(!reader.has_line());
  State before;
  copy_state(reader, before);
  const MutableBytes space = reader.space();
  __CPROVER_assert(is_sound(reader) && reader.begin_ == 0, "space: sound, and the line at the window's begin");
  __CPROVER_assert(space.size != 0, "space: there is some");
  __CPROVER_assert(space.data + space.size == reader.window_.data + before.size, "space: up to the window's end");
  __CPROVER_assert(space.data == reader.window_.data + reader.end_, "space: behind what is held");
  __CPROVER_assert(adds_up(0, before, reader), "space: the count of octets");
  const std::size_t i = nondet_size();
  __CPROVER_assume(i < reader.end_);
  __CPROVER_assert(reader.window_.data[i] == before.octets[before.begin + i], "space: what is held is what it was");
}

static void prove_commit(LineReader& reader) {
  __CPROVER_assume(reader.found_ == reader.end_ && reader.begin_ == 0);  // as space() leaves it
  const std::size_t n = nondet_size();
  __CPROVER_assume(n <= reader.window_.size - reader.end_);
  State before;
  copy_state(reader, before);
  reader.commit(n);
  __CPROVER_assert(is_sound(reader), "commit: sound");
  __CPROVER_assert(adds_up(n, before, reader), "commit: the count of octets");
  __CPROVER_assert(reader.dropped_ >= before.dropped, "commit: what was dropped stays counted");
  const std::size_t i = nondet_size();
  __CPROVER_assume(i < before.end);
  __CPROVER_assert(i < reader.end_ && reader.window_.data[i] == before.octets[i], "commit: what was held is held");
}

static void prove_next(LineReader& reader) {
  __CPROVER_assume(reader.has_line());
  State before;
  copy_state(reader, before);
  const Line line = reader.next();
  __CPROVER_assert(is_sound(reader) && reader.dropped_ == 0, "next: sound, and a new line begins");
  __CPROVER_assert(reader.begin_ > before.begin || before.dropped != 0, "next: progress");
  __CPROVER_assert(reader.end_ == before.end, "next: takes nothing from behind the line");
  __CPROVER_assert(line.octets.data == reader.window_.data + before.begin, "next: the line begins where it did");
  __CPROVER_assert(line.octets.size <= before.found - before.begin, "next: the line ends at its LF");
  __CPROVER_assert(line.octets.size + 1 >= before.found - before.begin, "next: nothing but a CR is taken off");
  __CPROVER_assert(line.dropped == before.dropped, "next: says what was dropped");
  __CPROVER_assert(reader.begin_ <= before.found + 1, "next: only the LF is passed over");
}

int main() {
  const std::size_t size = nondet_size();
  __CPROVER_assume(size >= 2 && size <= kMost);
  std::uint8_t window[kMost];
  MutableBytes bytes;
  bytes.data = window;
  bytes.size = size;
  LineReader reader(bytes);
  make_any(reader, window, size);
  switch (nondet_size()) {
    case 0: prove_reset(reader); break;
    case 1: prove_space(reader); break;
    case 2: prove_commit(reader); break;
    default: prove_next(reader); break;
  }
  return 0;
}
