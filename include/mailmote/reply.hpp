// A reply of the server, as the application sees it.
#ifndef MAILMOTE_REPLY_HPP
#define MAILMOTE_REPLY_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

/// A whole reply (RFC 5321 section 4.2). `text` is valid during the call that hands it over; it is data from outside
/// (any octets but CR and LF), to be escaped before it is shown.
struct Reply {
  std::uint16_t code = 0;  ///< 200..599
  EnhancedCode enhanced;   ///< only where the server offered ENHANCEDSTATUSCODES (RFC 2034) and the classes agree
  Text text;               ///< the text of its last line, cut at the rx window
};

/// Where no reply was the reason.
inline constexpr Reply kNoReply = {};

}  // namespace mailmote

#endif
