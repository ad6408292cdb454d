// Each octet at each place of each string that goes into a command: refused before anything is sent, or the server sees
// just the commands that it must.
#include <gtest/gtest.h>

#include <functional>

#include "support/text.hpp"
#include "support/world.hpp"

namespace mailmote::test {
namespace {

struct Strings {
  std::string helo = "client.example";
  std::string sender = "sensor@example.com";
  std::string first = "a@example.com";
  std::string second = "b@example.com";
};

std::vector<std::string> commands_of(const Strings& strings) {
  return {"EHLO " + strings.helo, "MAIL FROM:<" + strings.sender + ">", "RCPT TO:<" + strings.first + ">",
          "RCPT TO:<" + strings.second + ">", "DATA", "QUIT"};
}

std::string without_smtputf8(const std::string& command) {
  const std::size_t at = command.rfind(" SMTPUTF8");
  return at == std::string::npos ? command : command.substr(0, at);
}

/// Sends a mail with these strings. Returns what went wrong; empty: nothing.
std::string send(const Strings& strings) {
  World world;
  world.server.extensions = {"PIPELINING", "SMTPUTF8"};
  world.options.helo = strings.helo;
  TestSource source;
  source.octets = "Subject: x\r\n\r\nx\r\n";
  Recipient to[] = {strings.first.c_str(), strings.second.c_str()};
  to[0].address = strings.first;
  to[1].address = strings.second;
  Message message(strings.sender, to, source);
  const Status status = world.client.start(message);
  if (status != Status::ok) {
    if (group(status) != StatusGroup::usage) return "it is refused as " + std::string(name(status));
    return world.client.poll(world.clock.now) == Poll::idle && world.server.connections() == 0 ? "" : "it goes on";
  }
  std::string problem = world.driver.run_to_done();
  if (problem.empty()) problem = world.driver.run_to_idle();
  if (problem.empty()) problem = world.server.complaint();
  if (!problem.empty()) return problem;
  std::vector<std::string> said = world.server.commands();
  for (std::string& command : said) command = without_smtputf8(command);
  return said == commands_of(strings) && world.server.stored().size() == 1 ? "" : "the server saw other commands";
}

void try_everywhere(std::string Strings::*which) {
  const std::size_t size = (Strings{}.*which).size();
  for (std::size_t at = 0; at <= size; ++at) {
    for (int octet = 0; octet < 256; ++octet) {
      Strings strings;
      (strings.*which).insert(at, 1, static_cast<char>(octet));
      ASSERT_EQ(send(strings), "") << octet << " at " << at;
    }
  }
}

TEST(InjectionTest, TheStringsAsTheyAre) { EXPECT_EQ(send(Strings()), ""); }
TEST(InjectionTest, Helo) { try_everywhere(&Strings::helo); }
TEST(InjectionTest, Sender) { try_everywhere(&Strings::sender); }
TEST(InjectionTest, FirstRecipient) { try_everywhere(&Strings::first); }
TEST(InjectionTest, LastRecipient) { try_everywhere(&Strings::second); }

TEST(InjectionTest, WholeCommandsInAString) {
  for (const char* command : {"\r\nDATA", "\nDATA", "\rDATA", "> SIZE=0\r\nRSET", "\r\n.\r\nQUIT"}) {
    for (std::string Strings::*which : {&Strings::helo, &Strings::sender, &Strings::first, &Strings::second}) {
      Strings strings;
      (strings.*which) += command;
      EXPECT_EQ(send(strings), "") << shown(command);
    }
  }
}

}  // namespace
}  // namespace mailmote::test
