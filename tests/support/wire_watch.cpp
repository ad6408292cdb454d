#include "support/wire_watch.hpp"

#include <algorithm>
#include <cstdlib>

#include "support/text.hpp"

namespace mailmote::test {
namespace {

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// `octets` behind the first `lead` octets, which are taken off.
std::string_view behind(std::size_t& lead, std::string_view octets) {
  const std::size_t skipped = std::min(lead, octets.size());
  lead -= skipped;
  return octets.substr(skipped);
}

}  // namespace

void WireWatch::lead_in(std::size_t client, std::size_t server) {
  client_lead_ = client;
  server_lead_ = server;
}

void WireWatch::connected() {
  disconnected();
  pending_.push_back({Kind::other, {}});  // the greeting
}

void WireWatch::disconnected() {
  pending_.clear();
  asked_.clear();
  client_line_.clear();
  server_line_.clear();
  mode_ = Mode::commands;
  over_ = broken_ = false;
  code_ = 0;
}

void WireWatch::client(std::string_view octets) {
  for (const char c : behind(client_lead_, octets)) {
    if (mode_ != Mode::commands) {
      content_octet(c);
      continue;
    }
    client_line_ += c;
    if (!ends_with(client_line_, "\r\n")) continue;
    const std::string line = client_line_.substr(0, client_line_.size() - 2);
    client_line_.clear();
    command(line);
  }
}

void WireWatch::command(const std::string& line) {
  if (starts_with(line, "MAIL ")) {
    asked_.clear();
    mail_refused_ = false;
    pending_.push_back({Kind::mail, {}});
  } else if (starts_with(line, "RCPT TO:<")) {
    begin_rcpt(line);
  } else if (line == "DATA") {
    pending_.push_back({Kind::data, {}});
  } else if (starts_with(line, "BDAT ")) {
    begin_chunk(line);
  } else if (line == "RSET") {
    pending_.push_back({Kind::rset, {}});
  } else {
    pending_.push_back({Kind::other, {}});
  }
}

void WireWatch::begin_rcpt(const std::string& line) {
  const std::string address = line.substr(9, line.rfind('>') - 9);
  if (fate(address) == Fate::unknown) complaint_ = address + " is named again while its fate is unknown";
  if (fate(address) == Fate::accepted) complaint_ = address + " is named again after it was accepted";
  asked_.push_back(address);
  fates_[address] = Fate::not_sent;
  pending_.push_back({Kind::rcpt, address});
}

void WireWatch::begin_chunk(const std::string& line) {
  chunk_left_ = std::strtoul(line.c_str() + 5, nullptr, 10);
  last_chunk_ = ends_with(line, " LAST");
  mode_ = Mode::chunk;
  pending_.push_back({last_chunk_ ? Kind::content : Kind::other, {}});
  if (chunk_left_ == 0) end_content();
}

void WireWatch::content_octet(char c) {
  if (mode_ == Mode::chunk) {
    if (--chunk_left_ == 0) end_content();
    return;
  }
  client_line_ += c;
  if (!ends_with(client_line_, "\r\n")) return;
  if (client_line_ == ".\r\n") {
    pending_.push_back({Kind::content, {}});
    end_content();
  }
  client_line_.clear();
}

void WireWatch::end_content() {
  const bool last = mode_ == Mode::content || last_chunk_;
  mode_ = Mode::commands;
  client_line_.clear();
  if (last && !mail_refused_) settle(over_ ? Fate::unsettled : Fate::unknown);
}

void WireWatch::server(std::string_view octets) {
  for (const char c : behind(server_lead_, octets)) {
    if (c != '\n') {
      server_line_ += c;
      continue;
    }
    if (ends_with(server_line_, "\r")) server_line_.pop_back();
    const std::string line = server_line_;
    server_line_.clear();
    if (!broken_) server_line(line);
  }
}

void WireWatch::server_line(const std::string& line) {
  const std::string digits = line.substr(0, 3);
  const char behind = line.size() > 3 ? line[3] : ' ';
  const bool more = behind == '-';
  const auto code = static_cast<unsigned>(std::strtoul(digits.c_str(), nullptr, 10));
  broken_ = digits.find_first_not_of("0123456789") != std::string::npos || (behind != ' ' && !more) || code < 200 ||
            code > 599 || (code_ != 0 && code != code_);
  if (broken_) return;
  code_ = more ? code : 0;
  if (!more) reply(code);
}

void WireWatch::reply(unsigned code) {
  if (over_) return;
  over_ = code == 421;
  if (pending_.empty()) {
    if (mode_ == Mode::content && code >= 400) settle(Fate::refused);  // said in the middle of the content
    return;
  }
  const Command answered = pending_.front();
  pending_.pop_front();
  answer(answered, code);
  if (!over_) return;
  for (auto& [address, fate] : fates_) {
    if (fate == Fate::unknown) fate = Fate::unsettled;
  }
}

void WireWatch::answer(const Command& answered, unsigned code) {
  const bool step_of_auth = code == 334 && answered.kind == Kind::other;
  broken_ = code / 100 == 3 && !step_of_auth && answered.kind != Kind::data;
  if (broken_) return;
  switch (answered.kind) {
    case Kind::other: break;
    case Kind::rset: over_ = over_ || code >= 400; break;  // two transactions in one: no client can go on
    case Kind::mail:
      mail_refused_ = code >= 300;
      if (mail_refused_) settle(Fate::not_sent);
      break;
    case Kind::rcpt:
      if (code < 400 || code == 421) break;  // 3xx and 421 end the session and decide nothing
      fates_[answered.address] = Fate::refused;
      asked_.erase(std::remove(asked_.begin(), asked_.end(), answered.address), asked_.end());
      break;
    case Kind::data:
      if (code / 100 == 3) mode_ = Mode::content;
      break;
    case Kind::content: {
      if (mail_refused_) break;
      const bool early = mode_ == Mode::chunk && pending_.empty();
      if (code >= 400 || !early) settle(code >= 400 ? Fate::refused : Fate::accepted);
      break;
    }
  }
}

void WireWatch::settle(Fate fate) {
  for (const std::string& address : asked_) fates_[address] = fate;
}

Fate WireWatch::fate(const std::string& address) const {
  const auto found = fates_.find(address);
  return found == fates_.end() ? Fate::not_sent : found->second;
}

}  // namespace mailmote::test
