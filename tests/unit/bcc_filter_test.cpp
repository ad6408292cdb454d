#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mailmote/text_message.hpp"
#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

using detail::BccFilter;

constexpr std::size_t kHeld = 3;

// One piece, in place, as near as it may lie.
std::string filter_piece(BccFilter& filter, std::string_view piece) {
  static const test::GuardPage page(4096);
  std::uint8_t* const in = page.bytes().data + page.bytes().size - piece.size();
  std::uint8_t* const out = in - kHeld;
  std::copy(piece.begin(), piece.end(), in);
  const std::size_t n = filter.filter(out, in, piece.size());
  if (n > piece.size() + kHeld) return "(too much)";
  return {reinterpret_cast<const char*>(out), n};
}

std::string filtered(const std::vector<std::string_view>& pieces) {
  BccFilter filter;
  std::string out;
  for (const std::string_view piece : pieces) out += filter_piece(filter, piece);
  std::uint8_t held[kHeld];
  const std::size_t n = filter.finish(held);
  return out.append(held, held + n);
}

// Whole, octet by octet and split at every place; "(differs)" when those differ.
std::string filtered(std::string_view message) {
  const std::string whole = filtered(std::vector<std::string_view>{message});
  for (std::size_t at = 0; at <= message.size(); ++at) {
    if (filtered({message.substr(0, at), message.substr(at)}) != whole) return "(differs)";
  }
  std::vector<std::string_view> octets;
  for (const char& c : message) octets.emplace_back(&c, 1);
  return filtered(octets) == whole ? whole : "(differs)";
}

void expect_unchanged(std::string_view message) { EXPECT_EQ(filtered(message), message) << test::shown(message); }

TEST(BccFilter, LeavesABccFieldOut) {
  EXPECT_EQ(filtered("From: a@b\r\nBcc: c@d\r\nTo: e@f\r\n\r\nbody\r\n"), "From: a@b\r\nTo: e@f\r\n\r\nbody\r\n");
}

TEST(BccFilter, LeavesItOutAtEachPlaceOfTheHeader) {
  EXPECT_EQ(filtered("Bcc: c@d\r\nTo: e@f\r\n\r\n"), "To: e@f\r\n\r\n");
  EXPECT_EQ(filtered("To: e@f\r\nBcc: c@d\r\n\r\nx"), "To: e@f\r\n\r\nx");
  EXPECT_EQ(filtered("Bcc: c@d\r\n\r\nx"), "\r\nx");
  EXPECT_EQ(filtered("Bcc: c@d"), "");
  EXPECT_EQ(filtered("Bcc: a\r\nBcc: b\r\nTo: c\r\n\r\n"), "To: c\r\n\r\n");
}

TEST(BccFilter, LeavesTheFoldsOutToo) {
  EXPECT_EQ(filtered("Bcc: a@b,\r\n c@d,\r\n\te@f\r\nTo: g@h\r\n i@j\r\n\r\n"), "To: g@h\r\n i@j\r\n\r\n");
  EXPECT_EQ(filtered("Bcc:\r\n a@b\r\n \r\n c\r\nTo: d\r\n\r\n"), "To: d\r\n\r\n");
}

TEST(BccFilter, KnowsTheFieldInAnyCaseAndWithBlanksBeforeTheColon) {
  for (const char* name : {"Bcc:", "BCC:", "bcc:", "bCc:", "Bcc :", "Bcc\t:", "Bcc:\t"}) {
    EXPECT_EQ(filtered(std::string(name) + " x@y\r\nTo: z\r\n\r\n"), "To: z\r\n\r\n") << name;
  }
}

TEST(BccFilter, LeavesOtherFieldsAlone) {
  for (const char* name :
       {"B", "Bc", "Bcc", "Bccx: a", "XBcc: a", "Resent-Bcc: a", "Bc: a", "Cc: a", "Bccc: a", ":", "bbcc: a"}) {
    expect_unchanged(std::string(name) + "\r\nTo: z\r\n\r\nbody");
    expect_unchanged(name);
  }
  expect_unchanged("Subject: x\r\n Bcc: folded\r\n\r\n");
}

TEST(BccFilter, LeavesTheBodyAlone) {
  expect_unchanged("To: a\r\n\r\nBcc: not a header\r\n\r\nBcc: neither\r\n");
  expect_unchanged("\r\nBcc: body\r\n");
  expect_unchanged("\nBcc: body\n");
  expect_unchanged("\rBcc: body\r");
}

TEST(BccFilter, TakesEveryLineEndThatWillBeRepaired) {
  EXPECT_EQ(filtered("A: b\nBcc: c\nTo: d\n\nBcc: e\n"), "A: b\nTo: d\n\nBcc: e\n");
  EXPECT_EQ(filtered("A: b\rBcc: c\rTo: d\r\rBcc: e\r"), "A: b\rTo: d\r\rBcc: e\r");
  EXPECT_EQ(filtered("A: b\rBcc: c\nTo: d\r\n\nBcc: e"), "A: b\rTo: d\r\n\nBcc: e");
}

TEST(BccFilter, PassesEveryOctet) {
  std::string all = "X: ";
  for (int octet = 0; octet < 256; ++octet) all += octet == '\r' || octet == '\n' ? 'x' : static_cast<char>(octet);
  expect_unchanged(all + "\r\n" + all + "\r\n\r\n" + all);
}

TEST(BccFilter, EveryShortMessageIsTheSameInEverySplit) {
  constexpr char kAlphabet[] = {'b', 'C', ':', '\r', '\n', ' '};
  for (unsigned long number = 0; number < 6UL * 6 * 6 * 6 * 6; ++number) {
    std::string message;
    for (unsigned long rest = number; message.size() < 5; rest /= 6) message += kAlphabet[rest % 6];
    ASSERT_NE(filtered("bcc" + message + "x"), "(differs)") << test::shown(message);
  }
}

}  // namespace
}  // namespace mailmote
