// Pins as people write them: "sha256:" and the digest in base64, as RFC 7469 has it.
#ifndef MAILMOTE_CLI_PIN_HPP
#define MAILMOTE_CLI_PIN_HPP

#include <string>
#include <string_view>

#include "mailmote/tls.hpp"

namespace mailmote::cli {

/// "sha256:BASE64". Throws Failure.
SpkiPin parse_pin(std::string_view text);

/// The digest in base64, without "sha256:".
std::string to_base64(const SpkiPin& pin);

}  // namespace mailmote::cli

#endif
