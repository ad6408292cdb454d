#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "mailmote/status.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kEnough = 192;

Error error_of(Status status, Phase phase = Phase::idle) {
  Error error;
  error.status = status;
  error.phase = phase;
  return error;
}

std::string described(const Error& error) {
  char out[kEnough];
  return std::string(describe(error, out));
}

std::vector<Status> every_status() {
  std::vector<Status> all;
  for (unsigned value = 0; value < 256; ++value) {
    if (name(static_cast<Status>(value)) != "undefined") all.push_back(static_cast<Status>(value));
  }
  return all;
}

TEST(Describe, EachStatusHasASentenceOfItsOwn) {
  std::set<std::string> sentences;
  for (const Status status : every_status()) sentences.insert(described(error_of(status)));
  EXPECT_EQ(sentences.size(), kStatusCount);
  EXPECT_EQ(sentences.count(described(error_of(static_cast<Status>(255)))), 0U);
}

TEST(Describe, SaysWhatFailedAndWhatToDo) {
  EXPECT_EQ(described(error_of(Status::connection_refused)),
            "nothing listens at the server's address and port: check host and port");
  EXPECT_EQ(described(error_of(Status::connection_closed)), "the server closed the connection: try later");
  EXPECT_EQ(described(error_of(Status::tls_untrusted)),
            "no trusted certificate vouches for the server's: check the CA certificates");
}

TEST(Describe, IsMadeOfVisibleCharacters) {
  for (const Status status : every_status()) {
    for (const char c : described(error_of(status))) EXPECT_TRUE(c >= ' ' && c <= '~') << name(status);
  }
}

TEST(Describe, NamesThePhaseFirst) {
  EXPECT_EQ(described(error_of(Status::reply_timeout, Phase::rcpt)).rfind("rcpt: ", 0), 0U);
  EXPECT_EQ(described(error_of(Status::connection_refused, Phase::connect)).rfind("connect: ", 0), 0U);
}

TEST(Describe, EndsWithTheServersCode) {
  Error error = error_of(Status::content_rejected, Phase::content);
  error.smtp_code = 552;
  const std::string plain = described(error);
  EXPECT_EQ(plain.substr(plain.size() - 6), " (552)");
  error.enhanced = {5, 3, 4};
  const std::string enhanced = described(error);
  EXPECT_EQ(enhanced.substr(enhanced.size() - 12), " (552 5.3.4)");
}

TEST(Describe, TheLongestSentenceFitsIn192Octets) {
  char out[4 * kEnough];
  for (const Status status : every_status()) {
    Error error = error_of(status, Phase::greeting);
    error.smtp_code = 599;
    error.enhanced = {5, 999, 999};
    EXPECT_LT(describe(error, out).size(), kEnough) << name(status);
  }
}

TEST(Describe, CutsToTheBufferAndEndsItWithNul) {
  const std::string whole = described(error_of(Status::no_host));
  for (std::size_t size = 1; size <= whole.size() + 2; ++size) {
    const test::GuardPage page(size);
    auto* const out = reinterpret_cast<char*>(page.data());
    EXPECT_EQ(describe(error_of(Status::no_host), out, size), whole.substr(0, size - 1));
    EXPECT_EQ(std::strlen(out), std::min(size - 1, whole.size()));
  }
}

TEST(Describe, TouchesNothingWithoutABuffer) { EXPECT_EQ(describe(error_of(Status::no_host), nullptr, 0), ""); }

}  // namespace
}  // namespace mailmote
