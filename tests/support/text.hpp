// Small text helpers of the tests.
#ifndef MAILMOTE_TESTS_SUPPORT_TEXT_HPP
#define MAILMOTE_TESTS_SUPPORT_TEXT_HPP

#include <string>
#include <string_view>
#include <vector>

namespace mailmote::test {

/// `octets` for a failure message: control and 8-bit octets as \r, \n, \xNN; cut in the middle when long.
std::string shown(std::string_view octets);

/// The opposite: \r \n \t \\ \xNN, and {N x TEXT} for TEXT repeated N times.
std::string unescaped(std::string_view text);

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
bool starts_with(std::string_view text, std::string_view prefix);
std::string lower(std::string_view text);

/// Every CR, LF and CRLF made CRLF, and CRLF at the end of a last line that has none: what a server must store.
std::string canonical(std::string_view content);

/// `canonical` with a dot before each line that begins with one: what DATA carries.
std::string stuffed(std::string_view canonical_content);

}  // namespace mailmote::test

#endif
