// Text in parameters of commands.
#ifndef MAILMOTE_WIRE_XTEXT_HPP
#define MAILMOTE_WIRE_XTEXT_HPP

#include "mailmote/bytes.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// RFC 3461 section 4: "+", "=" and what is no visible ASCII as "+" and two hexadecimal digits.
void put_xtext(Sink& sink, const Text& text);

/// RFC 6533 section 3, in 7 bits: "+", "=", "\" and what is no visible ASCII as \x{...}, by code point. `text` must be
/// well-formed UTF-8.
void put_utf8_xtext(Sink& sink, const Text& text);

}  // namespace mailmote

#endif
