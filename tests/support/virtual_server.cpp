#include "support/virtual_server.hpp"

#include <algorithm>
#include <cstdlib>

#include "support/text.hpp"

namespace mailmote::test {
namespace {

constexpr std::size_t kLongestCommand = 512;  // RFC 5321 section 4.5.3.1.4

bool has_eight_bit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

std::string path_of(const std::string& line, std::size_t verb) {
  const std::size_t end = line.rfind('>');
  return end == std::string::npos || end < verb ? std::string() : line.substr(verb, end - verb);
}

}  // namespace

bool VirtualServer::offers(const std::string& keyword) const {
  return std::any_of(extensions.begin(), extensions.end(), [&](const std::string& line) {
    return line == keyword || starts_with(line, keyword + " ") || starts_with(line, keyword + "=");
  });
}

std::size_t VirtualServer::copies(const std::string& recipient, const std::string& content) const {
  std::size_t n = 0;
  for (const Stored& mail : stored_) {
    if (mail.content != content) continue;
    n += static_cast<std::size_t>(std::count(mail.recipients.begin(), mail.recipients.end(), recipient));
  }
  return n;
}

std::string VirtualServer::last_content() const { return stored_.empty() ? "nothing" : shown(stored_.back().content); }

bool VirtualServer::connect() {
  if (down) return false;
  ++connections_;
  disconnect();
  state_ = State::commands;
  secure_ = logged_in_ = login_failed_ = false;
  if (!implicit_tls) greet();
  return true;
}

void VirtualServer::greet() {
  must_wait_ = true;
  say("greeting", "220 virtual.example ESMTP\r\n");
}

std::optional<Handshake> VirtualServer::handshake() {
  secure_ = true;
  greet();
  return Handshake{};
}

void VirtualServer::disconnect() {
  said_.clear();
  line_.clear();
  reset();
  state_ = State::gone;
  leaving_ = false;
}

void VirtualServer::reset() {
  mail_ = Stored{};
  mail_open_ = chunks_begun_ = reset_refused_ = false;
}

std::optional<Speech> VirtualServer::speak() {
  if (said_.empty()) return std::nullopt;
  const Speech speech = said_.front();
  said_.pop_front();
  return speech;
}

/// Gives an answer. Returns its first digit, 0 for none: that is what the server acts by.
unsigned VirtualServer::say(const std::string& about, const std::string& reply, Ending ending) {
  Answer answer{reply, 0, ending};
  if (hook) hook(about, answer);
  const unsigned digit = answer.reply.empty() ? 0 : static_cast<unsigned>(answer.reply[0] - '0');
  said_.push_back({answer.reply, answer.delay, answer.ending});
  leaving_ = leaving_ || answer.reply.empty() || answer.ending != Ending::none;
  return digit;
}

void VirtualServer::receive(std::string_view octets, bool unread) {
  for (const char c : octets) octet(c, unread);
}

void VirtualServer::octet(char c, bool unread) {
  if (leaving_) return;
  const bool blind = unread || !said_.empty();
  switch (state_) {
    case State::gone: return;
    case State::content: return content_octet(c, unread);
    case State::chunk: return chunk_octet(c);
    case State::login: return login_octet(c, blind);
    case State::commands: break;
  }
  if (line_.empty()) blind_ = blind;
  if (blind && line_.empty() && (must_wait_ || !offers("PIPELINING"))) {
    fault("a command came before the reply to " + (commands_.empty() ? "the greeting" : commands_.back()) + " was read");
  }
  command_octet(c);
}

void VirtualServer::command_octet(char c) {
  line_ += c;
  if (c != '\n') return;
  std::string line = line_;
  line_.clear();
  if (line.size() > kLongestCommand) fault("a command of " + std::to_string(line.size()) + " octets");
  if (line.size() < 2 || line[line.size() - 2] != '\r') fault("a command without CRLF: " + shown(line));
  line.resize(line.size() - std::min<std::size_t>(2, line.size()));
  if (line.find('\r') != std::string::npos) fault("a bare CR in " + shown(line));
  commands_.push_back(line);
  command(line);
}

void VirtualServer::command(const std::string& line) {
  must_wait_ = false;
  if (starts_with(line, "EHLO ")) return on_hello(line, true);
  if (starts_with(line, "HELO ")) return on_hello(line, false);
  if (starts_with(line, "MAIL FROM:<")) return on_mail(line);
  if (starts_with(line, "RCPT TO:<")) return on_rcpt(line);
  if (line == "DATA") return on_data(line);
  if (starts_with(line, "AUTH ")) return on_auth(line);
  if (starts_with(line, "BDAT ")) return on_bdat(line);
  must_wait_ = line != "RSET";
  if (line == "RSET") {
    reset_refused_ = say(line, "250 reset\r\n") != 2;
    if (!reset_refused_) reset();
  } else if (line == "NOOP") {
    say(line, "250 well\r\n");
  } else if (line == "QUIT") {
    say(line, "221 bye\r\n", Ending::close);
  } else {
    fault("an unknown command: " + shown(line));
    say(line, "500 unknown\r\n");
  }
}

void VirtualServer::on_auth(const std::string& line) {
  must_wait_ = true;
  if (!secure_ && !login_in_clear) fault("AUTH in clear");
  if (!offers("AUTH")) fault("AUTH without its offer");
  if (logged_in_) fault("a second AUTH");
  if (login_failed_) fault("AUTH again behind a refused password");
  answer_login(line, login.begin(line));
}

void VirtualServer::login_octet(char c, bool blind) {
  if (blind) fault("a response came before its challenge was read");
  line_ += c;
  if (c != '\n') return;
  const std::string line = line_;
  line_.clear();
  if (line.size() < 2 || line[line.size() - 2] != '\r') fault("a response without CRLF: " + shown(line));
  answer_login(line == "*\r\n" ? "cancel" : "response", login.go_on(line.substr(0, line.size() - 2)));
}

/// What the hook makes of an answer counts, as a hostile server would have it.
void VirtualServer::answer_login(const std::string& about, const std::string& reply) {
  const unsigned digit = say(about, reply);
  const std::string said = said_.back().octets;
  state_ = digit == 3 ? State::login : State::commands;
  must_wait_ = true;
  logged_in_ = digit == 2;
  login_failed_ = about != "cancel" && starts_with(said, "535");
}

void VirtualServer::on_hello(const std::string& line, bool extended) {
  must_wait_ = true;
  if (logged_in_) fault("EHLO behind AUTH");
  reset();
  const bool one_word = line.size() != 5 && line.find(' ', 5) == std::string::npos;
  if (!one_word || has_eight_bit(line)) fault("a bad greeting: " + shown(line));
  std::string reply = "250 virtual.example\r\n";
  if (extended && !extensions.empty()) {
    reply = "250-virtual.example\r\n";
    for (const std::string& extension : extensions) reply += "250-" + extension + "\r\n";
    reply[reply.size() - extensions.back().size() - 3] = ' ';
  }
  say(line, reply);
}

void VirtualServer::check_parameters(const std::string& line) {
  const std::size_t end = line.rfind('>');
  if (end == std::string::npos) return fault("no path: " + shown(line));
  for (const std::string& parameter : split(line.substr(end + 1), ' ')) {
    if (parameter.empty()) continue;
    const bool known = (starts_with(parameter, "SIZE=") && offers("SIZE")) ||
                       (parameter == "BODY=8BITMIME" && offers("8BITMIME")) ||
                       (parameter == "SMTPUTF8" && offers("SMTPUTF8"));
    if (!known) fault("a parameter that is not offered: " + shown(line));
  }
  utf8_ = line.find(" SMTPUTF8", end) != std::string::npos;
  if (!utf8_ && has_eight_bit(line)) fault("a sender beyond ASCII without SMTPUTF8: " + shown(line));
}

void VirtualServer::on_mail(const std::string& line) {
  check_parameters(line);
  if (login_required && !logged_in_) {
    fault("MAIL without a login");
    say(line, "530 log in first\r\n");
    return;
  }
  if (mail_open_) {
    if (!forgiven()) fault("MAIL inside a transaction");
    say(line, "503 nested MAIL\r\n");
    return;
  }
  if (say(line, "250 sender ok\r\n") != 2) return;
  mail_open_ = true;
  mail_.sender = path_of(line, 11);
}

void VirtualServer::on_rcpt(const std::string& line) {
  if (path_of(line, 9).empty()) fault("no recipient: " + shown(line));
  if (!utf8_ && has_eight_bit(line)) fault("a recipient beyond ASCII without SMTPUTF8: " + shown(line));
  if (!mail_open_) {
    say(line, "503 MAIL first\r\n");
    return;
  }
  if (say(line, "250 recipient ok\r\n") == 2) mail_.recipients.push_back(path_of(line, 9));
}

void VirtualServer::on_data(const std::string& line) {
  must_wait_ = true;
  if (chunks_begun_ && !forgiven()) fault("DATA after BDAT");
  const bool nobody = !mail_open_ || mail_.recipients.empty();
  if (say(line, nobody ? "554 no valid recipients\r\n" : "354 go on\r\n") == 3) state_ = State::content;
}

void VirtualServer::content_octet(char c, bool unread) {
  if (unread) fault("content came before the reply to DATA was read");
  line_ += c;
  if (c == '\n' && (line_.size() < 2 || line_[line_.size() - 2] != '\r')) fault("a bare LF in the content");
  if (c != '\n' && line_.size() > 1 && line_[line_.size() - 2] == '\r') fault("a bare CR in the content");
  if (c != '\n') return;
  const std::string line = line_;
  line_.clear();
  content_line(line);
}

void VirtualServer::content_line(const std::string& line) {
  if (line != ".\r\n") {
    mail_.content += line[0] == '.' ? line.substr(1) : line;
    return;
  }
  state_ = State::commands;
  must_wait_ = false;
  if (mail_.recipients.empty()) {
    say("content", "554 no valid recipients\r\n");
  } else if (say("content", "250 queued\r\n") == 2) {
    keep(false);
  }
  reset();
}

void VirtualServer::on_bdat(const std::string& line) {
  if (!offers("CHUNKING")) fault("BDAT without CHUNKING");
  const std::vector<std::string> words = split(line, ' ');
  chunk_left_ = std::strtoul(words[1].c_str(), nullptr, 10);
  last_chunk_ = words.size() == 3 && words[2] == "LAST";
  chunks_begun_ = true;
  chunk_taken_ = mail_open_ && !mail_.recipients.empty();
  state_ = State::chunk;
  if (chunk_left_ == 0) end_chunk();
}

void VirtualServer::chunk_octet(char c) {
  if (chunk_taken_) mail_.content += c;
  if (--chunk_left_ == 0) end_chunk();
}

void VirtualServer::end_chunk() {
  state_ = State::commands;
  if (!chunk_taken_) {
    say("chunk", "554 no valid recipients\r\n");
    return;
  }
  const bool taken = say("chunk", last_chunk_ ? "250 queued\r\n" : "250 chunk ok\r\n") == 2;
  if (!taken || !last_chunk_) return;  // behind a failed chunk only RSET helps (RFC 3030 section 2)
  keep(true);
  reset();
}

void VirtualServer::keep(bool chunked) {
  mail_.chunked = chunked;
  stored_.push_back(mail_);
}

}  // namespace mailmote::test
