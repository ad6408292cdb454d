#include "mailmote/detail/dot_stuffer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/guard_page.hpp"
#include "support/text.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kLongestBody = 8;

// One piece, in place with the smallest distance that the contract allows; nothing behind or before is touched.
std::string filter_piece(DotStuffer& stuffer, std::string_view piece) {
  const std::size_t room = 2 * piece.size() + 2;
  static const test::GuardPage page(1024);
  std::uint8_t* const out = page.bytes().data + page.bytes().size - room;
  std::uint8_t* const in = out + piece.size() + 2;
  std::copy(piece.begin(), piece.end(), in);
  const std::size_t n = stuffer.filter(out, in, piece.size());
  if (n > room) return "(beyond 2n+2)";
  return {reinterpret_cast<const char*>(out), n};
}

std::string finished(const DotStuffer& stuffer) {
  std::uint8_t end[8];
  Sink sink(end, sizeof end, 0);
  stuffer.finish(sink);
  return {end, end + sink.written()};
}

std::string stuffed_in(const std::vector<std::string_view>& pieces, bool dots = true) {
  DotStuffer stuffer(dots);
  std::string out;
  for (const std::string_view piece : pieces) out += filter_piece(stuffer, piece);
  return out + finished(stuffer);
}

// A server that takes CRLF alone for a line end, or (lenient) a bare CR or LF too.
struct Receiver {
  bool lenient;
  std::string mail;
  std::size_t ends = 0;

  static std::size_t line_end(std::string_view wire, bool lenient_too) {
    for (std::size_t i = 0; i < wire.size(); ++i) {
      const bool both = wire[i] == '\r' && i + 1 < wire.size() && wire[i + 1] == '\n';
      if (both || (lenient_too && (wire[i] == '\r' || wire[i] == '\n'))) return i;
    }
    return wire.size();
  }

  // Returns what comes behind the end of the first mail.
  std::string_view receive(std::string_view wire) {
    while (!wire.empty()) {
      const std::size_t end = line_end(wire, lenient);
      std::string_view line = wire.substr(0, end);
      wire.remove_prefix(end);
      wire.remove_prefix(wire.substr(0, 2) == "\r\n" ? 2 : wire.empty() ? 0 : 1);
      if (line == "." && ++ends != 0) return wire;
      if (!line.empty() && line[0] == '.') line.remove_prefix(1);
      mail.append(line).append("\r\n");
    }
    return wire;
  }
};

void expect_one_mail(const std::string& body, const std::string& wire) {
  for (const bool lenient : {false, true}) {
    Receiver receiver{lenient, {}, 0};
    const std::string_view rest = receiver.receive(wire);
    ASSERT_EQ(receiver.ends, 1U) << test::shown(body);
    ASSERT_EQ(rest, "") << test::shown(body);
    ASSERT_EQ(receiver.mail, test::canonical(body)) << test::shown(body);
  }
}

// Calls `check` with each body over the alphabet, up to kLongestBody long.
template <class Check>
void for_each_body(const Check& check) {
  constexpr char kAlphabet[] = {'\r', '\n', '.', 'a'};
  std::string body;
  for (std::size_t length = 0; length <= kLongestBody; ++length) {
    for (unsigned long number = 0; number < 1UL << (2 * length); ++number) {
      body.clear();
      for (std::size_t i = 0; i < length; ++i) body += kAlphabet[number >> (2 * i) & 3U];
      check(body);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(DotStuffer, StrictAndLenientServersSeeOneMailOfEachBody) {
  for_each_body([](const std::string& body) { expect_one_mail(body, stuffed_in({body}) + ".\r\n"); });
}

TEST(DotStuffer, EachSplitOfEachBodyGivesTheSame) {
  DotStuffer stuffer;
  std::uint8_t out[4 * kLongestBody];
  for_each_body([&](const std::string& body) {
    const std::string whole = stuffed_in({body});
    const auto* const octets = reinterpret_cast<const std::uint8_t*>(body.data());
    for (std::size_t at = 0; at <= body.size(); ++at) {
      stuffer = DotStuffer();
      std::size_t n = stuffer.filter(out, octets, at);
      n += stuffer.filter(out + n, octets + at, body.size() - at);
      ASSERT_EQ(std::string(out, out + n) + finished(stuffer), whole) << test::shown(body) << " split at " << at;
    }
  });
}

TEST(DotStuffer, OneOctetAtATimeGivesTheSame) {
  for (const std::string body : {"\r\n.\r\n", "a\r.\n.\r\r", ".", "..a\n\r.", "\n\n..\r\n.a"}) {
    std::vector<std::string_view> octets;
    for (const char& c : body) octets.emplace_back(&c, 1);
    EXPECT_EQ(stuffed_in(octets), stuffed_in({body})) << test::shown(body);
  }
}

TEST(DotStuffer, ComesOutCanonicalAndStuffed) {
  EXPECT_EQ(stuffed_in({""}), "");
  EXPECT_EQ(stuffed_in({"a"}), "a\r\n");
  EXPECT_EQ(stuffed_in({".\r\n..\r\na.\r\n"}), "..\r\n...\r\na.\r\n");
  EXPECT_EQ(stuffed_in({"a\n.\nb\r.\r"}), "a\r\n..\r\nb\r\n..\r\n");
  EXPECT_EQ(stuffed_in({"a\r", ".b"}), "a\r\n..b\r\n");
}

TEST(DotStuffer, LeavesDotsForBdat) { EXPECT_EQ(stuffed_in({".\r\n.a\n"}, false), ".\r\n.a\r\n"); }

TEST(DotStuffer, AtMostTwoOctetsAndTwoMoreComeOutForOne) {
  EXPECT_EQ(stuffed_in({"\r", "\r\r\r\r"}), "\r\n\r\n\r\n\r\n\r\n");
  DotStuffer stuffer;
  EXPECT_EQ(filter_piece(stuffer, "a\r"), "a");
  EXPECT_EQ(filter_piece(stuffer, "."), "\r\n..");  // the bound is reached
}

TEST(DotStuffer, SaysWhetherALineEndWasRepaired) {
  const auto repaired = [](std::string_view body) {
    DotStuffer stuffer;
    filter_piece(stuffer, body);
    return stuffer.repaired_at_end();
  };
  for (const char* sound : {"", "a", "a\r\n", "\r\n\r\n", "a\r\nb"})
    EXPECT_FALSE(repaired(sound)) << test::shown(sound);
  for (const char* bare : {"\n", "\r", "a\nb", "a\rb", "\r\r\n", "\r\n\n", "a\r"})
    EXPECT_TRUE(repaired(bare)) << test::shown(bare);
}

TEST(DotStuffer, ACrAtTheEndOfAPieceIsNotYetBare) {
  DotStuffer stuffer;
  filter_piece(stuffer, "a\r");
  EXPECT_FALSE(stuffer.repaired());
  EXPECT_TRUE(stuffer.repaired_at_end());
  filter_piece(stuffer, "\n");
  EXPECT_FALSE(stuffer.repaired_at_end());
}

TEST(DotStuffer, PassesEveryOtherOctet) {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) {
    if (octet != '\r' && octet != '\n') all += static_cast<char>(octet);
  }
  EXPECT_EQ(stuffed_in({all}), all + "\r\n");
}

}  // namespace
}  // namespace mailmote
