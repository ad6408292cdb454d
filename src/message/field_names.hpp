// Names of header fields (RFC 5322 section 3.6, RFC 2045): those a message writes itself, and those that may stand once.
#ifndef MAILMOTE_MESSAGE_FIELD_NAMES_HPP
#define MAILMOTE_MESSAGE_FIELD_NAMES_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// In the order of their names in the .cpp.
enum class FieldName : std::uint8_t {
  from, sender, reply_to, to, cc, subject, date, message_id, mime_version, content_type, content_transfer_encoding,
  content_disposition, content_id, bcc, auto_submitted,
};

/// Names behind those of FieldName, of fields that may stand once: In-Reply-To and others.
constexpr int kSingleFields = static_cast<int>(FieldName::auto_submitted);

Text text_of(FieldName name);

/// The number of the field that is called `name`, in any case; -1: none of those here.
int find_field(const Text& name);

/// Puts "Name: ".
void begin_field(Sink& sink, const Text& name);
void begin_field(Sink& sink, FieldName name);

}  // namespace mailmote

#endif
