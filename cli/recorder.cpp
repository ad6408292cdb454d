#include "recorder.hpp"

#include <cstdlib>
#include <string_view>

namespace mailmote::cli {
namespace {

std::string_view view(ByteView octets) { return {reinterpret_cast<const char*>(octets.data), octets.size}; }

}  // namespace

std::string SeenReply::text() const {
  std::string all;
  for (const std::string& line : lines) {
    if (!all.empty() && !line.empty()) all += ' ';
    all += line;
  }
  return all;
}

const SeenReply* Recorder::find(Phase phase, std::uint16_t code) const {
  for (const SeenReply& reply : replies_) {
    if (reply.phase == phase && reply.code == code) return &reply;
  }
  return nullptr;
}

const SeenReply* Recorder::final_reply() const {
  for (std::size_t i = replies_.size(); i-- != 0;) {
    if (replies_[i].phase == Phase::content || replies_[i].phase == Phase::bdat) return &replies_[i];
  }
  return nullptr;
}

std::vector<std::string> Recorder::capabilities() const {
  const std::vector<std::vector<std::string>> all = stages();
  return all.empty() ? std::vector<std::string>() : all.back();
}

std::vector<std::vector<std::string>> Recorder::stages() const {
  std::vector<std::vector<std::string>> all;
  for (const SeenReply& reply : replies_) {
    if (reply.phase == Phase::greeting) all.clear();
    if (reply.phase != Phase::ehlo || reply.code != 250 || reply.lines.empty()) continue;
    all.emplace_back(reply.lines.begin() + 1, reply.lines.end());
  }
  return all;
}

void Recorder::on_line(Phase phase, ByteView line, bool cut) {
  if (trace_ != nullptr) trace_->on_line(view(line), cut);
  if (replies_.empty() || replies_.back().complete) replies_.push_back({phase, 0, false, {}});
  SeenReply& reply = replies_.back();
  const std::string text(view(line));
  reply.code = static_cast<std::uint16_t>(std::strtoul(text.substr(0, 3).c_str(), nullptr, 10));
  reply.complete = text.size() < 4 || text[3] != '-';
  reply.lines.push_back(text.size() > 4 ? text.substr(4) : std::string());
}

void Recorder::on_sent(Phase, ByteView octets, Sent kind) {
  if (trace_ != nullptr) trace_->on_sent(view(octets), kind);
  if (progress_ != nullptr && kind == Sent::content) progress_->add(octets.size);
}

void Recorder::on_recipient(std::size_t index, const Reply&) {
  if (!replies_.empty()) recipients_[index] = replies_.back().text();
}

}  // namespace mailmote::cli
