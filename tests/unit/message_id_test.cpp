#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "mailmote/text_message.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

bool count_up(void* context, std::uint8_t* out, std::size_t size) {
  auto* const next = static_cast<std::uint8_t*>(context);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>((*next)++ * 0x11U);
  return true;
}

bool fails(void*, std::uint8_t*, std::size_t) { return false; }

class MessageId : public testing::Test {
 protected:
  // The identifier, or the name of the status.
  std::string made(Text domain, std::size_t size = 256) {
    const test::GuardPage page(size);
    auto* const out = reinterpret_cast<char*>(page.data());
    const Status status = make_message_id(random_, domain, out, size);
    return status == Status::ok ? std::string(out) : std::string(name(status));
  }

  std::uint8_t next_ = 0;
  RandomSource random_{count_up, &next_};
};

TEST_F(MessageId, IsSixteenOctetsInHexAndTheDomain) {
  EXPECT_EQ(made("example.com"), "<00112233445566778899aabbccddeeff@example.com>");
}

TEST_F(MessageId, NeedsTheDomainAnd36Octets) {
  EXPECT_EQ(made("example.com", 11 + 36), "<00112233445566778899aabbccddeeff@example.com>");
  for (const std::size_t size : {0U, 1U, 11U + 35U}) EXPECT_EQ(made("example.com", size), "out_of_space") << size;
}

TEST_F(MessageId, NeedsARandomSourceThatWorks) {
  random_ = {fails, nullptr};
  EXPECT_EQ(made("example.com"), "no_random_source");
  random_ = {};
  EXPECT_EQ(made("example.com"), "no_random_source");
}

TEST_F(MessageId, RefusesADomainThatWouldBreakTheHeader) {
  for (const char* wrong : {"", "a b", "a\r\nBcc: x", "a\tb", "x@y", "m\xc3\xbcller.example", "a\x7f", "a>b", "a<b"}) {
    EXPECT_EQ(made(wrong), "invalid_header") << wrong;
  }
}

TEST_F(MessageId, TakesADomainOf200Octets) {
  EXPECT_EQ(made(std::string_view(std::string(200, 'a'))).size(), 200U + 35U);
  EXPECT_EQ(made(std::string_view(std::string(201, 'a'))), "invalid_header");
}

TEST_F(MessageId, IsAnotherOneEachTime) {
  next_ = 1;
  const std::string first = made("d");
  EXPECT_NE(first, made("d"));
}

}  // namespace
}  // namespace mailmote
