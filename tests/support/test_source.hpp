// A body source that can misbehave.
#ifndef MAILMOTE_TESTS_SUPPORT_TEST_SOURCE_HPP
#define MAILMOTE_TESTS_SUPPORT_TEST_SOURCE_HPP

#include <algorithm>
#include <cstring>
#include <string>

#include "mailmote/message.hpp"

namespace mailmote::test {

/// What goes wrong half-way through the content.
enum class SourceFault : std::uint8_t { none, fails, stops, overruns, silent };

class TestSource final : public BodySource {
 public:
  std::string octets;
  ContentForm form = ContentForm::any;
  bool length_known = true;
  bool rewindable = true;
  bool eight_bit = false;
  bool smtputf8 = false;
  bool binary = false;
  std::size_t crumb = 0;  ///< most octets a read delivers; 0: as many as there is room for
  bool slow = false;      ///< every second read says would_block
  bool late_end = false;  ///< says end in a read of its own, without octets
  SourceFault fault = SourceFault::none;

  unsigned starts() const { return starts_; }

 private:
  Status do_start(const Offer&, ContentPlan& plan) override {
    if (starts_++ != 0 && !rewindable) return Status::source_not_rewindable;
    at_ = 0;
    plan.length = length_known ? static_cast<std::uint32_t>(octets.size()) : 0;
    plan.length_known = length_known;
    plan.rewindable = rewindable;
    plan.eight_bit = eight_bit;
    plan.smtputf8 = smtputf8;
    plan.binary = binary;
    plan.form = form;
    return Status::ok;
  }

  ReadResult do_read(MutableBytes into) override {
    blocked_ = slow && !blocked_;
    if (blocked_) return {ReadStatus::would_block, 0};
    const std::size_t sound = fault == SourceFault::none ? octets.size() : octets.size() / 2;
    if (fault != SourceFault::none && at_ == sound) return misbehave(into);
    std::size_t n = std::min(into.size, sound - at_);
    if (crumb != 0) n = std::min(n, crumb);
    std::memcpy(into.data, octets.data() + at_, n);
    at_ += n;
    const bool over = at_ == octets.size() && (!late_end || n == 0);
    return {over ? ReadStatus::end : ReadStatus::ok, n};
  }

  ReadResult misbehave(MutableBytes into) {
    switch (fault) {
      case SourceFault::stops: return {ReadStatus::end, 0};
      case SourceFault::silent: return {ReadStatus::would_block, 0};
      case SourceFault::overruns: {
        const std::size_t n = std::min<std::size_t>(into.size, 64);
        std::memset(into.data, 'x', n);
        return {ReadStatus::ok, n};
      }
      case SourceFault::none:
      case SourceFault::fails: break;
    }
    return {ReadStatus::error, 0};
  }

  std::size_t at_ = 0;
  unsigned starts_ = 0;
  bool blocked_ = false;
};

}  // namespace mailmote::test

#endif
