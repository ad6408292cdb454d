// What may stand in a header (RFC 5322), and in which form.
#ifndef MAILMOTE_MESSAGE_HEADER_TEXT_HPP
#define MAILMOTE_MESSAGE_HEADER_TEXT_HPP

#include <cstddef>

#include "mailmote/mail_header.hpp"

namespace mailmote {

/// Looks through at most `most` octets more of a text for a header; done when the cursor is at its end. Then
/// `cursor.encode` says whether it must go out as encoded words: it holds octets above 127, or what would be read as an
/// encoded word, or is too long between two blanks. False when the text may not stand in a header: it holds a control
/// character, or is not well-formed UTF-8.
bool look_through(const Text& text, detail::TextCursor& cursor, std::size_t most);

/// Whether base64 is shorter than Q for the whole text, which was looked through.
bool is_shorter_in_base64(const Text& text, const detail::TextCursor& cursor);

/// Whether `text` is visible ASCII without any of `stray`, at least one octet.
bool is_visible_ascii(const Text& text, const char* stray);

/// Whether `name` is a field name: visible ASCII without colon, 1 to 76 octets, not beginning with a dot, so that no line
/// of a header does.
inline bool is_field_name(const Text& name) { return name.size() <= 76 && is_visible_ascii(name, ":") && name[0] != '.'; }

/// Whether `id` is "<", visible ASCII, ">", at most 250 octets.
bool is_message_id(const Text& id);

/// Whether `address`, which passed is_mailbox(), stays one address in a list of mailboxes (RFC 5322 section 3.4): what
/// would end it there stands in a quoted local part only.
bool is_list_address(const Text& address);

/// Whether `set` holds `c`.
bool holds(const char* set, char c);

}  // namespace mailmote

#endif
