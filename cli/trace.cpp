#include "trace.hpp"

#include <cinttypes>
#include <cstdio>

#include "escaped.hpp"

namespace mailmote::cli {
namespace {

// In one write each, so that two programs on one terminal do not mix their lines.
void show(char who, const std::string& text) { std::fprintf(stderr, "%c: %s\n", who, text.c_str()); }

}  // namespace

void Trace::on_line(std::string_view line, bool cut) {
  flush_content();
  end_secret();
  show('S', escaped(line) + (cut ? " [cut]" : ""));
}

void Trace::on_sent(std::string_view octets, Sent kind) {
  switch (kind) {
    case Sent::command:
      flush_content();
      add_command(octets);
      break;
    case Sent::secret:
      if (!secret_) command_ += "[secret]";
      break;
    case Sent::content: content_ += octets.size(); break;
  }
  secret_ = kind == Sent::secret;
}

void Trace::note(const std::string& text) { show('*', text); }

void Trace::add_command(std::string_view octets) {
  command_ += octets;
  for (;;) {
    const std::size_t end = command_.find("\r\n");
    if (end == std::string::npos) return;
    show('C', escaped(std::string_view(command_).substr(0, end)));
    command_.erase(0, end + 2);
  }
}

// A secret goes out with the end of its line, and is answered.
void Trace::end_secret() {
  if (!secret_) return;
  show('C', escaped(command_));
  command_.clear();
  secret_ = false;
}

void Trace::flush_content() {
  if (content_ != 0) std::fprintf(stderr, "C: [%" PRIu64 " octets of content]\n", content_);
  content_ = 0;
}

void Trace::flush() {
  flush_content();
  if (!command_.empty()) show('C', escaped(command_) + " [not finished]");
  command_.clear();
}

}  // namespace mailmote::cli
