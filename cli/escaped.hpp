// Text from outside, made safe for a terminal.
#ifndef MAILMOTE_CLI_ESCAPED_HPP
#define MAILMOTE_CLI_ESCAPED_HPP

#include <string>
#include <string_view>

#include "mailmote/observer.hpp"

namespace mailmote::cli {

/// What mailmote::escape() writes, at any length.
inline std::string escaped(std::string_view text) {
  std::string out(text.size() * 4 + 1, '\0');
  const ByteView octets{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  out.resize(escape(octets, out.data(), out.size()).size());
  return out;
}

}  // namespace mailmote::cli

#endif
