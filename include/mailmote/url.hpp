// Where a server is and who logs in, in one line: "smtps://sensor@smtp.example.com:465?auth=SCRAM-SHA-256,PLAIN".
#ifndef MAILMOTE_URL_HPP
#define MAILMOTE_URL_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/capabilities.hpp"
#include "mailmote/options.hpp"

namespace mailmote {

/// The first thing that is wrong with a URL.
enum class UrlProblem : std::uint8_t {
  none = 0,
  scheme,    ///< it begins neither with smtp:// nor with smtps://
  host,      ///< there is none, or it holds a blank or control character, or an IPv6 address lacks its brackets
  port,      ///< it is no number from 1 to 65535
  user,      ///< it is empty, holds a control character or a "%" without two hexadecimal digits, or needs more room
  password,  ///< there is one: it would be seen by whoever sees the URL
  path,      ///< something follows the host that is no query
  query,     ///< it is not auth= with names of mechanisms, a comma between each two
};

/// What a URL says. The texts are views of the URL and of the room that was given for the user.
struct Url {
  Text host;                                ///< without brackets
  std::uint16_t port = 0;                   ///< 0: the standard one
  Security security = Security::automatic;  ///< smtps://: implicit
  Text user;                                ///< decoded; empty: not said
  AuthSet auth;                             ///< empty: not said, so any
};

/// Reads "smtp://" or "smtps://", "user@" if there is one, the host, ":port" if there is one, "?auth=" if it is there.
/// In the user "%40" is "@" (RFC 3986 section 2.1); a bare "@" passes too, because the last one counts. `room` takes
/// the decoded user, which is never longer than in the URL. Where there is a problem `out` is not to be used. No
/// allocation. Linked when named.
///
///     char room[64];
///     Url url;
///     if (parse_url("smtp://sensor@smtp.example.com", room, url) == UrlProblem::none) options.host = url.host;
[[nodiscard]] UrlProblem parse_url(Text text, char* room, std::size_t size, Url& out);

template <std::size_t N>
[[nodiscard]] UrlProblem parse_url(Text text, char (&room)[N], Url& out) {
  return parse_url(text, room, N, out);
}

}  // namespace mailmote

#endif
