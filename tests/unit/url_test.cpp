#include "mailmote/url.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

// Both the text and the room for the user end where nothing may be touched.
struct Parsed {
  explicit Parsed(std::string_view url, std::size_t size = 64)
      : text(url), room(size), problem(parse_url(text.text(), reinterpret_cast<char*>(room.data()), size, out)) {}

  test::GuardPage text;
  test::GuardPage room;
  Url out;
  UrlProblem problem;
};

TEST(Url, ReadsEveryPart) {
  const Parsed parsed("smtps://sensor@smtp.example.com:2465?auth=SCRAM-SHA-256,PLAIN");
  ASSERT_EQ(parsed.problem, UrlProblem::none);
  EXPECT_EQ(parsed.out.host, "smtp.example.com");
  EXPECT_EQ(parsed.out.port, 2465);
  EXPECT_EQ(parsed.out.security, Security::implicit);
  EXPECT_EQ(parsed.out.user, "sensor");
  AuthSet expected;
  expected.add(Mechanism::scram_sha_256);
  expected.add(Mechanism::plain);
  EXPECT_EQ(parsed.out.auth.bits, expected.bits);
}

TEST(Url, LeavesOpenWhatIsNotSaid) {
  for (const char* const url : {"smtp://mail", "smtp://mail/", "SMTP://mail"}) {
    const Parsed parsed(url);
    ASSERT_EQ(parsed.problem, UrlProblem::none) << url;
    EXPECT_EQ(parsed.out.host, "mail");
    EXPECT_EQ(parsed.out.port, 0);
    EXPECT_EQ(parsed.out.security, Security::automatic);
    EXPECT_TRUE(parsed.out.user.empty());
    EXPECT_EQ(parsed.out.auth.bits, 0);
  }
}

TEST(Url, DecodesTheUser) {
  const struct {
    const char* url;
    const char* user;
  } kRows[] = {{"smtp://a%40b.example@mail", "a@b.example"}, {"smtp://a@b.example@mail", "a@b.example"},
               {"smtp://a%3ab@mail", "a:b"},                 {"smtp://a%2F%3fb@mail", "a/?b"},
               {"smtp://%c3%bc@mail", "\xc3\xbc"},           {"smtp://100%25@mail", "100%"}};
  for (const auto& row : kRows) {
    const Parsed parsed(row.url);
    ASSERT_EQ(parsed.problem, UrlProblem::none) << row.url;
    EXPECT_EQ(parsed.out.user, row.user);
    EXPECT_EQ(parsed.out.host, "mail");
  }
}

TEST(Url, TakesTheUserOnlyIfThereIsRoom) {
  EXPECT_EQ(Parsed("smtp://abc@mail", 3).problem, UrlProblem::none);
  EXPECT_EQ(Parsed("smtp://a%62c@mail", 3).problem, UrlProblem::none);
  EXPECT_EQ(Parsed("smtp://abc@mail", 2).problem, UrlProblem::user);
  EXPECT_EQ(Parsed("smtp://mail", 0).problem, UrlProblem::none);
}

TEST(Url, ReadsAddressesInBrackets) {
  const Parsed parsed("smtp://me@[2001:db8::7]:25");
  ASSERT_EQ(parsed.problem, UrlProblem::none);
  EXPECT_EQ(parsed.out.host, "2001:db8::7");
  EXPECT_EQ(parsed.out.port, 25);
  EXPECT_EQ(Parsed("smtp://[::1]").out.host, "::1");
  EXPECT_EQ(Parsed("smtp://192.0.2.1:25").out.host, "192.0.2.1");
}

TEST(Url, NamesTheProblem) {
  const struct {
    const char* url;
    UrlProblem problem;
  } kRows[] = {
      {"", UrlProblem::scheme},
      {"smtp:/mail", UrlProblem::scheme},
      {"http://mail", UrlProblem::scheme},
      {"smtp://", UrlProblem::host},
      {"smtp://me@", UrlProblem::host},
      {"smtp://:25", UrlProblem::host},
      {"smtp://a b", UrlProblem::host},
      {"smtp://[::1", UrlProblem::host},
      {"smtp://[::1]25", UrlProblem::host},
      {"smtp://::1", UrlProblem::host},
      {"smtp://2001:db8::7", UrlProblem::host},
      {"smtp://mail:", UrlProblem::port},
      {"smtp://mail:0", UrlProblem::port},
      {"smtp://mail:65536", UrlProblem::port},
      {"smtp://mail:smtp", UrlProblem::port},
      {"smtp://[::1]:x", UrlProblem::port},
      {"smtp://@mail", UrlProblem::user},
      {"smtp://a%4@mail", UrlProblem::user},
      {"smtp://a%@mail", UrlProblem::user},
      {"smtp://a%zz@mail", UrlProblem::user},
      {"smtp://a%4z@mail", UrlProblem::user},
      {"smtp://a%z4@mail", UrlProblem::user},
      {"smtp://a%00b@mail", UrlProblem::user},
      {"smtp://a%0d%0ab@mail", UrlProblem::user},
      {"smtp://me:secret@mail", UrlProblem::password},
      {"smtp://me:@mail", UrlProblem::password},
      {"smtp://mail/inbox", UrlProblem::path},
      {"smtp://mail?", UrlProblem::query},
      {"smtp://mail?auth=", UrlProblem::query},
      {"smtp://mail?auth=ROT13", UrlProblem::query},
      {"smtp://mail?auth=PLAIN,,LOGIN", UrlProblem::query},
      {"smtp://mail?tls=no", UrlProblem::query},
  };
  for (const auto& row : kRows) EXPECT_EQ(Parsed(row.url).problem, row.problem) << row.url;
}

TEST(Url, RefusesHostsThatAreTooLong) {
  EXPECT_EQ(Parsed("smtp://" + std::string(253, 'a')).problem, UrlProblem::none);
  EXPECT_EQ(Parsed("smtp://" + std::string(254, 'a')).problem, UrlProblem::host);
}

TEST(Url, RefusesUsersWithBrokenPercentEncodingOrControls) {
  for (const char* url : {"smtp://a%4z@mail", "smtp://a%;1@mail", "smtp://a%+1@mail", "smtp://a%7f@mail"}) {
    EXPECT_EQ(Parsed(url).problem, UrlProblem::user) << url;
  }
}

}  // namespace
}  // namespace mailmote
