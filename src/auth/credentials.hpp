// What user, password and identity may hold, and how they are written.
#ifndef MAILMOTE_AUTH_CREDENTIALS_HPP
#define MAILMOTE_AUTH_CREDENTIALS_HPP

#include <cstdint>

#include "mailmote/auth.hpp"

namespace mailmote {

/// Whether all octets of `text` are within `from` and `to`.
bool is_within(const Text& text, std::uint8_t from, std::uint8_t to);

/// Whether no NUL is in `text`.
inline bool lacks_nul(const Text& text) { return is_within(text, 1, 0xff); }

/// Whether there is no NUL in user and password, and no other identity.
bool are_user_and_password(const Credentials& credentials);

/// RFC 5801 section 4, RFC 5802 section 5.1: "=" and "," are written as =3D and =2C.
void write_sasl_name(Sink& out, const Text& name);

/// RFC 5801 section 4, without channel binding: "n,a=identity,", or "n,," where there is none.
void write_gs2_header(Sink& out, const Text& identity);

}  // namespace mailmote

#endif
