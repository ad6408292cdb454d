#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mailmote/session.hpp"
#include "mailmote/text_message.hpp"
#include "session/chunking_feature.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

/// A text mail to many, and a server that agrees.
class StartStep : public testing::Test {
 protected:
  StartStep() {
    for (int i = 0; i < 90; ++i) addresses_.push_back("p" + std::to_string(i) + "@example.com");
    for (const std::string& address : addresses_) all_.emplace_back(std::string_view(address));
    options_.host = "192.0.2.25";
    options_.security = Security::none;
    options_.pipelining = false;
  }

  Recipients to() { return {all_.data(), all_.size()}; }

  // Everything that is sent until the operation ends; `most_steps_` is how often in a row nothing came out.
  std::string sent(Message& message) {
    std::uint8_t rx[512], tx[512];
    Session session(options_, {rx, sizeof rx}, {tx, sizeof tx});
    EXPECT_EQ(session.prepare(Operation::send, &message, After::quit), Status::ok);
    session.restart();
    session.connected(IpAddress(), Route(), 0);
    std::string out, line;
    say(session, "220 hi");
    for (int i = 0; i < 100000 && !session.wants_close(); ++i) {
      session.step(0);
      const ByteView some = session.tx_pending();
      line.append(some.data, some.data + some.size);
      const std::size_t n = some.size;
      session.tx_consume(n, 0);
      if (n == 0 && session.has_work()) ++empty_steps_;
      if (n == 0 && !session.has_work()) {
        out += line;
        answer(session, line);
        line.clear();
      }
    }
    EXPECT_EQ(session.error().status, Status::ok);
    EXPECT_EQ(outcome_of(message.recipients), Outcome::accepted);
    return out;
  }

  Options options_;
  int empty_steps_ = 0;
  std::string ehlo_ = "250-hi\r\n250-8BITMIME\r\n250 SIZE";
  std::vector<std::string> addresses_;
  std::vector<Recipient> all_;

 private:
  static void say(Session& session, const std::string& line) {
    const std::string whole = line + "\r\n";
    const MutableBytes space = session.rx_space();
    std::copy(whole.begin(), whole.end(), space.data);
    session.rx_commit(whole.size());
  }
  void answer(Session& session, const std::string& line) {
    if (line.substr(0, 4) == "EHLO") say(session, ehlo_);
    else if (line.substr(0, 4) == "DATA") say(session, "354 go");
    else if (line.substr(0, 4) == "QUIT") say(session, "221 bye");
    else say(session, "250 ok");
  }
};

std::string content_of(BodySource& source) {
  ContentPlan plan;
  Offer offer;
  offer.eight_bit = true;
  EXPECT_EQ(source.start(offer, plan), Status::ok);
  return test::read_all(source, 512);
}

TEST_F(StartStep, ATextMailIsPreparedInManyStepsAndSentWhole) {
  TextMessage mail("a@example.com", to(), "Tank low", "\xc3\xa4 text\n");
  const std::string out = sent(mail);
  const std::string content = content_of(mail.content);
  EXPECT_NE(out.find("SIZE=" + std::to_string(content.size())), std::string::npos);
  EXPECT_NE(out.find("DATA\r\n" + content + ".\r\n"), std::string::npos);
  EXPECT_GT(empty_steps_, 20);
}

TEST_F(StartStep, ATextMailGoesByBdatWithoutBeingCountedTwice) {
  ehlo_ += "\r\n250 CHUNKING";
  ehlo_.replace(ehlo_.find("250 SIZE"), 4, "250-");
  options_.chunking = &kChunking;
  for (const char* text : {"text\n", "text"}) {
    TextMessage mail("a@example.com", to(), "Tank low", text);
    const std::string out = sent(mail);
    std::string content = content_of(mail.content);
    if (content.back() != '\n') content += "\r\n";
    EXPECT_NE(out.find("BDAT " + std::to_string(content.size()) + " LAST\r\n" + content), std::string::npos) << text;
  }
}

TEST_F(StartStep, ARawMessageAroundATextMailIsCountedInSteps) {
  ehlo_ = "250-hi\r\n250 CHUNKING";
  options_.chunking = &kChunking;
  TextMessage mail("a@example.com", to(), "Tank low", "text\n");
  RawMessage raw("a@example.com", to(), mail.content);
  const std::string out = sent(raw);
  const std::string content = content_of(mail.content);
  EXPECT_NE(out.find("BDAT " + std::to_string(content.size()) + " LAST\r\n" + content), std::string::npos);
}

TEST_F(StartStep, AnUnfinishedStartThatWasLeftBeginsAnew) {
  TextMessage mail("a@example.com", to(), "Tank low", "text\n");
  ContentPlan plan;
  ASSERT_EQ(mail.content.start_step(Offer(), plan), Status::ok);
  ASSERT_TRUE(plan.unfinished);
  mail.text = "another\n";
  const std::string content = content_of(mail.content);
  EXPECT_NE(content.find("\r\n\r\nanother\r\n"), std::string::npos);
}

}  // namespace
}  // namespace mailmote
