// The lines of EHLO's answer (RFC 5321 section 4.1.1.1).
#ifndef MAILMOTE_WIRE_EHLO_PARSER_HPP
#define MAILMOTE_WIRE_EHLO_PARSER_HPP

#include "mailmote/capabilities.hpp"

namespace mailmote {

/// Adds what one line ("SIZE 35882577", without the code) says; unknown keywords are passed over. A keyword counts only
/// whole and in any case; AUTH also in its old form "AUTH=...".
void parse_ehlo_line(Text line, Capabilities& capabilities);

}  // namespace mailmote

#endif
