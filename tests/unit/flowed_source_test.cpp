#include <gtest/gtest.h>

#include <string>

#include "mailmote/sources.hpp"
#include "support/content.hpp"
#include "support/test_source.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kWindows[] = {16, 17, 64, 512};

std::string flowed_in(const std::string& text, std::size_t window, std::size_t crumb) {
  test::TestSource words;
  words.octets = text;
  words.crumb = crumb;
  FlowedSource source(words);
  ContentPlan plan;
  if (source.start(Offer(), plan) != Status::ok || plan.length_known || !plan.rewindable) return "(not started)";
  return test::read_all(source, window);
}

// The same through every window, or "(differs)".
std::string flowed(const std::string& text) {
  const std::string whole = flowed_in(text, 4096, 0);
  for (const std::size_t window : kWindows) {
    for (const std::size_t crumb : {1U, 2U, 31U}) {
      if (flowed_in(text, window, crumb) != whole) return "(differs)";
    }
  }
  return whole;
}

// RFC 3676 section 4: what a reader makes of it, a line for each paragraph.
std::string joined(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find("\r\n", at);
    const bool last = end == std::string::npos;
    if (last) end = text.size();
    std::string line = text.substr(at, end - at);
    if (!line.empty() && line[0] == ' ') line.erase(0, 1);
    out += line;
    const bool flows = !line.empty() && line.back() == ' ' && line != "-- ";
    if (!flows && !last) out += '\n';
    at = last ? end : end + 2;
  }
  return out;
}

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  for (const std::string& line : test::split(text, '\n')) longest = std::max(longest, line.size());
  return longest;
}

std::string words(std::size_t count, const std::string& word = "word") {
  std::string text = word;
  while (--count != 0) text += " " + word;
  return text;
}

TEST(FlowedSource, LeavesShortLinesAsTheyAre) {
  EXPECT_EQ(flowed("Level 3 %\nPump off\n\nend"), "Level 3 %\r\nPump off\r\n\r\nend");
  EXPECT_EQ(flowed(""), "");
}

TEST(FlowedSource, BreaksBehindBlanksAtMost72Wide) {
  const std::string text = words(100) + "\n" + words(3, "x") + "\n";
  EXPECT_EQ(joined(flowed(text)), text);
  EXPECT_LE(longest_line(flowed(text)), 72U);
  EXPECT_EQ(flowed(std::string(70, 'a') + " b c"), std::string(70, 'a') + " \r\nb c");
}

TEST(FlowedSource, CountsCharactersAndCutsNone) {
  const std::string text = words(60, "ä€\xf0\x9f\x93\xae");
  EXPECT_EQ(joined(flowed(text)), text);
  EXPECT_EQ(flowed(text).find("\r\n"), 18 * 10U);  // 18 words of three characters and a blank: 72 columns
}

TEST(FlowedSource, AWordThatIsTooLongStandsAlone) {
  const std::string text = "see " + std::string(200, 'x') + " and " + std::string(75, 'y') + " end";
  EXPECT_EQ(flowed(text), "see \r\n" + std::string(200, 'x') + " \r\nand \r\n" + std::string(75, 'y') + " \r\nend");
}

// How wide it is, is not known when its line has to begin.
TEST(FlowedSource, AWordOfMoreOctetsThanAreHeldBackBeginsALine) {
  std::string word;
  for (int i = 0; i < 60; ++i) word += "\xf0\x9f\x93\xae";
  EXPECT_EQ(flowed(std::string(30, 'a') + " " + word + " b"), std::string(30, 'a') + " \r\n" + word + " b");
}

TEST(FlowedSource, StuffsWhatWouldBeTakenForSomethingElse) {
  EXPECT_EQ(flowed("  indented\n> quoted\nFrom here\n>\n"), "   indented\r\n > quoted\r\n From here\r\n >\r\n");
  const std::string text = std::string(70, 'a') + " > " + std::string(70, 'b') + " From there\n";
  EXPECT_EQ(joined(flowed(text)), text);
  EXPECT_NE(flowed(text).find("\r\n > \r\n"), std::string::npos);
  EXPECT_NE(flowed(text).find("\r\n From there"), std::string::npos);
}

TEST(FlowedSource, DropsBlanksAtTheEndsOfLines) {
  EXPECT_EQ(flowed("one  \ntwo \r\n   \nend "), "one\r\ntwo\r\n\r\nend");
}

TEST(FlowedSource, KeepsTheLineOfTheSignatureAndMakesNone) {
  EXPECT_EQ(flowed("text\n-- \nPump 3\n"), "text\r\n-- \r\nPump 3\r\n");
  EXPECT_EQ(flowed("text\n-- "), "text\r\n-- \r\n");
  EXPECT_EQ(flowed("--\n--  \n -- \n"), "--\r\n--\r\n  --\r\n");
  const std::string word(72, 'x');
  EXPECT_EQ(flowed("-- " + word), "-- " + word);
  EXPECT_EQ(flowed(std::string(70, 'a') + " -- " + word + "\n"), std::string(70, 'a') + " \r\n-- " + word + "\r\n");
  EXPECT_EQ(flowed(std::string(70, 'a') + " -- \n"), std::string(70, 'a') + " \r\n--\r\n");
}

TEST(FlowedSource, EndsLinesWithCrlf) { EXPECT_EQ(flowed("a\nb\rc\r\nd\r\r\n"), "a\r\nb\r\nc\r\nd\r\n\r\n"); }

TEST(FlowedSource, PassesOnWhatItsSourceSays) {
  test::TestSource words;
  words.octets = "Level 3 %";
  words.slow = true;
  FlowedSource slow(words);
  ContentPlan plan;
  ASSERT_EQ(slow.start(Offer(), plan), Status::ok);
  EXPECT_EQ(test::read_all(slow, 16), "Level 3 %");
  words.fault = test::SourceFault::fails;
  ASSERT_EQ(slow.start(Offer(), plan), Status::ok);
  EXPECT_NE(test::read_all(slow, 16).find("(error)"), std::string::npos);
  words.rewindable = false;
  EXPECT_EQ(slow.start(Offer(), plan), Status::source_not_rewindable);
}

TEST(FlowedSource, TakesOnlyTwoHyphensForTheLineOfTheSignature) {
  EXPECT_EQ(flowed("-x \nfoo\n"), "-x\r\nfoo\r\n");
  EXPECT_EQ(flowed("-- \nfoo\n"), "-- \r\nfoo\r\n");
}

}  // namespace
}  // namespace mailmote
