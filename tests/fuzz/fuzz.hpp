// What the fuzz targets share: a source of decisions, and a way to say that something is wrong.
#ifndef MAILMOTE_TESTS_FUZZ_FUZZ_HPP
#define MAILMOTE_TESTS_FUZZ_FUZZ_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mailmote/bytes.hpp"

/// What libFuzzer calls, and replay.cpp where there is none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mailmote::test {

/// Takes an input apart, front to back; past its end everything is zero.
class Feed {
 public:
  Feed(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return left_.empty(); }

  std::uint8_t octet() {
    if (left_.empty()) return 0;
    const char first = left_.front();
    left_.remove_prefix(1);
    return static_cast<std::uint8_t>(first);
  }
  unsigned pick(unsigned below) { return octet() % below; }
  bool flag() { return (octet() & 1U) != 0; }

  /// An octet with the length, and so many.
  std::string text() { return take(octet()); }

  std::string take(std::size_t n) {
    const std::string taken(left_.substr(0, n));
    left_.remove_prefix(taken.size());
    return taken;
  }
  std::string rest() { return take(left_.size()); }

 private:
  std::string_view left_;
};

/// Ends the program when `holds` is false.
inline void require(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what.c_str());
  std::abort();
}

/// A buffer of its own of exactly this size, so that a sanitizer sees every step beyond it.
class Room {
 public:
  explicit Room(std::size_t size) : octets_(new std::uint8_t[size]), size_(size) {}
  ~Room() { delete[] octets_; }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  MutableBytes bytes() { return {octets_, size_}; }

 private:
  std::uint8_t* octets_;
  std::size_t size_;
};

}  // namespace mailmote::test

#endif
