// Words of MIME headers (RFC 2045).
#ifndef MAILMOTE_MESSAGE_MIME_NAMES_HPP
#define MAILMOTE_MESSAGE_MIME_NAMES_HPP

#include "mailmote/bytes.hpp"
#include "mailmote/detail/transfer_encoder.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// The character set of a text. RFC 1428 for what is not UTF-8.
inline Text charset_name(bool utf8) { return utf8 ? Text("utf-8") : Text("unknown-8bit"); }

/// The field Content-Transfer-Encoding with its line end.
void put_encoding(Sink& sink, TransferEncoding encoding);

}  // namespace mailmote

#endif
