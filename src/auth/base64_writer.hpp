// A mechanism's response in base64, in pieces of any size.
#ifndef MAILMOTE_AUTH_BASE64_WRITER_HPP
#define MAILMOTE_AUTH_BASE64_WRITER_HPP

#include <cstddef>

#include "mailmote/auth.hpp"
#include "wire/base64.hpp"

namespace mailmote {

/// Puts the response, which has `size` octets. Skipping costs the same for every length.
void write_base64(Sink& out, const SaslMechanism& mechanism, std::size_t size);

}  // namespace mailmote

#endif
