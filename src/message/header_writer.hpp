// Header fields (RFC 5322), folded and encoded (RFC 2047). All of it are compose functions of Sink.
#ifndef MAILMOTE_MESSAGE_HEADER_WRITER_HPP
#define MAILMOTE_MESSAGE_HEADER_WRITER_HPP

#include <cstddef>

#include "mailmote/text_message.hpp"
#include "wire/sink.hpp"

namespace mailmote {

/// Whether `text` may stand in a header: well-formed UTF-8 without control characters.
bool is_header_text(Text text);

/// Whether `name` is a field name: printable ASCII without colon, 1 to 76 octets.
bool is_field_name(Text name);

/// Whether `address`, which passed is_mailbox(), stays one address in a list of mailboxes (RFC 5322 section 3.4): what
/// would end it there stands in a quoted local part only.
bool is_list_address(Text address);

/// Writes one field after the other and keeps the column. Lines are folded at 76 columns where there is a blank to fold
/// at. What is put must have passed is_header_text().
class HeaderWriter {
 public:
  explicit HeaderWriter(Sink& sink) : sink_(sink) {}

  /// "Name: ", the start of a field.
  void begin(Text name);

  /// Text that is free of structure, such as a Subject.
  void put_unstructured(Text value);

  /// One mailbox of a list: after the first one with a comma before it.
  void put_mailbox(Text display_name, Text address);

  /// The end of the field.
  void end();

  /// A whole unstructured field.
  void field(Text name, Text value);

 private:
  void fold();
  void put(Text token);
  void put_display_name(Text name);
  void put_quoted(Text name);
  void put_encoded(Text value);

  Sink& sink_;
  std::size_t column_ = 0;
  bool listed_ = false;
};

}  // namespace mailmote

#endif
