#include "support/transcript.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "support/text.hpp"

namespace mailmote::test {
namespace {

constexpr const char* kContent = "Subject: Tank low\\r\\n\\r\\nLevel 3 %\\r\\n";

const std::set<std::string> kSettings = {
    "8bit",       "allow clear", "binary", "chunking", "content", "form",       "greeting timeout", "helo",
    "length",     "line ends",   "peer",     "port",    "pipelining", "play",             "recipients",
    "refused",    "remember",    "rewindable", "run",   "rx",         "security",         "sender",
    "smtputf8",   "source",      "timeout",  "tx",      "timeouts",
    "auth",       "authorization", "cleartext credentials", "iterations", "password",
    "token",      "user",
    "envelope id", "notify",     "original recipients", "reports required", "ret",
};

class Parser {
 public:
  Parser(const std::string& markdown, const std::string& file) : in_(markdown), file_(file) {}

  std::vector<Transcript> all() {
    for (std::string line; next(line);) {
      if (starts_with(line, "#")) heading_ = trimmed(line.substr(line.find_first_not_of('#')));
      if (line == "```smtp") found_.push_back(block());
    }
    return found_;
  }

 private:
  bool next(std::string& line) {
    ++number_;
    return static_cast<bool>(std::getline(in_, line));
  }

  [[noreturn]] void bad(const std::string& why) const {
    throw std::runtime_error(file_ + ":" + std::to_string(number_) + ": " + why);
  }

  Transcript block() {
    Transcript transcript;
    transcript.where = file_ + ":" + std::to_string(number_);
    transcript.name = identifier(file_.substr(0, file_.find('.')) + "_" + heading_);
    transcript.script.emplace_back();
    for (std::string line; next(line);) {
      if (line == "```") {
        if (transcript.ends.empty()) bad("no expected end");
        return transcript;
      }
      if (!line.empty() && !dialogue_line(transcript, line)) key_line(transcript, line);
    }
    bad("the block has no end");
  }

  static std::string identifier(const std::string& text) {
    std::string out;
    for (const char c : text) {
      const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
      if (plain) out += c;
      if (!plain && !out.empty() && out.back() != '_') out += '_';
    }
    return out;
  }

  bool dialogue_line(Transcript& transcript, const std::string& line) const {
    Dialogue& dialogue = transcript.script.back();
    if (line == "connect") {
      transcript.script.emplace_back();
    } else if (starts_with(line, "wait ")) {
      dialogue.push_back({StepKind::wait, {}, static_cast<Millis>(std::stoul(line.substr(5))), {}});
    } else if (starts_with(line, "TLS:")) {
      dialogue.push_back(tls_step(line));
    } else if (starts_with(line, "S:") || starts_with(line, "S<")) {
      dialogue.push_back(server_step(line));
    } else if (starts_with(line, "C:") || starts_with(line, "C<")) {
      dialogue.push_back(client_step(transcript, line));
    } else {
      return false;
    }
    return true;
  }

  static std::string octets(const std::string& line) {
    const std::string text = unescaped(line.substr(line.size() > 2 && line[2] == ' ' ? 3 : 2));
    return line[1] == ':' ? text + "\r\n" : text;
  }

  /// "TLS: ok", "TLS: tls_wrong_host", or with " unanswered" behind it.
  Step tls_step(const std::string& line) const {
    const std::vector<std::string> words = split(line.substr(5), ' ');
    Handshake handshake;
    handshake.answered = words.size() == 1;
    for (unsigned value = 0; value < 256; ++value) {
      handshake.status = static_cast<Status>(value);
      if (name(handshake.status) == std::string_view(words[0])) return {StepKind::tls, "TLS", 0, handshake};
    }
    bad("unknown status " + words[0]);
  }

  Step server_step(const std::string& line) const {
    if (line == "S: [close]") return {StepKind::close, "[close]", 0, {}};
    if (line == "S: [reset]") return {StepKind::reset, "[reset]", 0, {}};
    if (line == "S: [refuse]") return {StepKind::refuse, "[refuse]", 0, {}};
    if (line == "S: [silence]") return {StepKind::silence, "[silence]", 0, {}};
    if (starts_with(line, "S: [")) bad("unknown server step");
    return {StepKind::server, octets(line), 0, {}};
  }

  Step client_step(const Transcript& transcript, const std::string& line) const {
    if (line == "C: [any]") return {StepKind::any, {}, 0, {}};
    const std::string chunk = canonical(transcript.content());
    if (line == "C: [content]") return {StepKind::client, stuffed(chunk), 0, {}};
    if (line == "C: [chunk]") return {StepKind::client, chunk, 0, {}};
    if (starts_with(line, "C: [content ")) return {StepKind::client, stuffed(chunk).substr(0, std::stoul(line.substr(12))), 0, {}};
    if (starts_with(line, "C: [chunk ")) return {StepKind::client, chunk.substr(0, std::stoul(line.substr(10))), 0, {}};
    return {StepKind::client, octets(line), 0, {}};
  }

  void key_line(Transcript& transcript, const std::string& line) const {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos && line.back() != ':') bad("neither a dialogue line nor \"key: value\"");
    const std::string value(colon == std::string::npos ? std::string_view() : trimmed(line).substr(colon + 2));
    const std::string key = line.substr(0, colon == std::string::npos ? line.size() - 1 : colon);
    if (!transcript.script.front().empty()) return transcript.ends.push_back(expectation(key, value));
    if (kSettings.count(key) == 0) bad("unknown setting " + key);
    transcript.settings[key] = value;
  }

  static Expectation expectation(const std::string& key, const std::string& value) {
    if (!starts_with(key, "mail ")) return {0, key, value};
    const std::size_t blank = key.find(' ', 5);
    return {std::stoul(key.substr(5)), key.substr(blank + 1), value};
  }

  std::istringstream in_;
  std::string file_;
  std::string heading_;
  std::size_t number_ = 0;
  std::vector<Transcript> found_;
};

}  // namespace

std::string Transcript::setting(const std::string& key, const std::string& otherwise) const {
  const auto found = settings.find(key);
  return found == settings.end() ? otherwise : found->second;
}

std::string Transcript::content() const { return unescaped(setting("content", kContent)); }

std::size_t Transcript::server_octets() const {
  std::size_t n = 0;
  for (const Dialogue& dialogue : script) {
    for (const Step& step : dialogue) n += step.kind == StepKind::server ? step.octets.size() : 0;
  }
  return n;
}

std::vector<Transcript> parse_transcripts(const std::string& markdown, const std::string& file) {
  return Parser(markdown, file).all();
}

std::vector<Transcript> load_transcripts(const std::string& directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() == ".md" && entry.path().filename() != "README.md") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Transcript> all;
  for (const std::filesystem::path& file : files) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    for (Transcript& found : parse_transcripts(text.str(), file.filename().string())) all.push_back(std::move(found));
  }
  return all;
}

}  // namespace mailmote::test
