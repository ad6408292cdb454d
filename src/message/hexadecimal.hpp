// Octets as "=" and two hexadecimal digits: quoted-printable (RFC 2045 section 6.7) and Q (RFC 2047 section 4.2).
#ifndef MAILMOTE_MESSAGE_HEXADECIMAL_HPP
#define MAILMOTE_MESSAGE_HEXADECIMAL_HPP

namespace mailmote {

/// Writes `octet` as three characters. Returns the place behind them.
char* write_escaped(char* out, char octet);

}  // namespace mailmote

#endif
