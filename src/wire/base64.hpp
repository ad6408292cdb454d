// Base64 (RFC 4648 section 4).
#ifndef MAILMOTE_WIRE_BASE64_HPP
#define MAILMOTE_WIRE_BASE64_HPP

#include <cstddef>
#include <cstdint>

namespace mailmote {

extern const char kBase64Alphabet[65];

/// Characters that `size` octets become, padding counted.
constexpr std::size_t base64_length(std::size_t size) { return (size + 2) / 3 * 4; }

/// Encodes one group of 1 to 3 octets into the four characters at `out`, padded with "=".
void base64_group(const char* octets, std::size_t size, char* out);

/// Encodes `groups` whole groups. `out` may begin in front of `in` in the same memory.
void base64_groups(const std::uint8_t* in, std::size_t groups, char* out);

}  // namespace mailmote

#endif
