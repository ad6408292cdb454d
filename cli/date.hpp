// Dates as RFC 5322 writes them.
#ifndef MAILMOTE_CLI_DATE_HPP
#define MAILMOTE_CLI_DATE_HPP

#include <optional>
#include <string_view>

#include "mailmote/clock.hpp"

namespace mailmote::cli {

/// "[Sat, ]21 Nov 2026 04:53[:45] +0100" (RFC 5322 section 3.3), zone as +hhmm, -hhmm, GMT or UT. Nothing for any other
/// text, and for a moment before 1970 or after 2106.
std::optional<UnixTime> parse_date(std::string_view text);

}  // namespace mailmote::cli

#endif
