// Base64 (RFC 4648 section 4) back to octets.
#ifndef MAILMOTE_WIRE_BASE64_DECODER_HPP
#define MAILMOTE_WIRE_BASE64_DECODER_HPP

#include "mailmote/bytes.hpp"

namespace mailmote {

/// Decodes `text` into `into`, which may begin where the text does, and shows the octets in `octets`. Blanks are passed
/// over, and a lone "=" stands for no octets, as servers write an empty challenge. False when it is not base64 (padding
/// must be there, and nothing behind it) or does not fit.
bool decode_base64(const Text& text, MutableBytes into, ByteView& octets);

}  // namespace mailmote

#endif
