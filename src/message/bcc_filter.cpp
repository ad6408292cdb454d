#include <cstring>

#include "mailmote/text_message.hpp"

namespace mailmote::detail {

std::size_t BccFilter::filter(std::uint8_t* out, const std::uint8_t* in, std::size_t size) {
  std::uint8_t* const start = out;
  while (size != 0 && state_ != State::body) {
    out = step(out, *in++);
    --size;
  }
  std::memmove(out, in, size);
  return static_cast<std::size_t>(out - start) + size;
}

std::size_t BccFilter::finish(std::uint8_t* out) { return static_cast<std::size_t>(release(out) - out); }

std::uint8_t* BccFilter::step(std::uint8_t* out, std::uint8_t octet) {
  switch (state_) {
    case State::after_cr:
      if (octet == '\n') {
        state_ = State::line_start;
        if (!dropping_) *out++ = octet;
        return out;
      }
      return begin_line(out, octet);
    case State::line_start: return begin_line(out, octet);
    case State::name: return match_name(out, octet);
    case State::field: return pass_field(out, octet);
    case State::body: break;
  }
  *out++ = octet;
  return out;
}

std::uint8_t* BccFilter::begin_line(std::uint8_t* out, std::uint8_t octet) {
  if (octet == ' ' || octet == '\t') return pass_field(out, octet);  // a folded line belongs to its field
  dropping_ = false;
  if (octet != '\r' && octet != '\n') return match_name(out, octet);
  state_ = State::body;
  *out++ = octet;
  return out;
}

std::uint8_t* BccFilter::match_name(std::uint8_t* out, std::uint8_t octet) {
  constexpr char kName[] = "bcc";
  if (held_ < 3 && (octet | 0x20U) == static_cast<std::uint8_t>(kName[held_])) {
    name_[held_++] = octet;
    state_ = State::name;
    return out;
  }
  dropping_ = held_ == 3 && (octet == ':' || octet == ' ' || octet == '\t');
  if (dropping_) held_ = 0;
  return pass_field(release(out), octet);
}

std::uint8_t* BccFilter::pass_field(std::uint8_t* out, std::uint8_t octet) {
  state_ = octet == '\r' ? State::after_cr : octet == '\n' ? State::line_start : State::field;
  if (!dropping_) *out++ = octet;
  return out;
}

std::uint8_t* BccFilter::release(std::uint8_t* out) {
  std::memcpy(out, name_, held_);
  out += held_;
  held_ = 0;
  return out;
}

}  // namespace mailmote::detail
