// Header fields (RFC 5322), folded and encoded (RFC 2047), piece by piece.
#ifndef MAILMOTE_MESSAGE_HEADER_WRITER_HPP
#define MAILMOTE_MESSAGE_HEADER_WRITER_HPP

#include <cstddef>

#include "mailmote/bytes.hpp"
#include "mailmote/sink.hpp"
#include "message/field_names.hpp"

namespace mailmote {

/// Writes fields and knows the column. Lines are folded at 76 columns where there is a blank to fold at. A text is
/// given with the place where a piece of it begins; a piece is short, so that replaying it costs little, and the place
/// where the next one begins is returned.
class HeaderWriter {
 public:
  /// `column`: 0 between fields, else where an earlier writer stopped.
  HeaderWriter(Sink& sink, std::size_t column) : sink_(sink), line_start_(0 - column) {}

  /// "Name: ", the start of a field.
  void begin(const Text& name) { begin_field(sink_, name); }
  void begin(FieldName name) { begin_field(sink_, name); }

  /// A whole field.
  void put_line(FieldName name, const Text& value);

  /// Characters that are never folded.
  void put(Text text) { sink_.put(text); }
  template <std::size_t N>
  void put(const char (&literal)[N]) {
    sink_.put(literal);
  }

  /// Text that is free of structure, such as a Subject, of which look_through() said that it may stand as it is.
  std::size_t put_text(const Text& text, std::size_t at);

  /// Text as encoded words.
  std::size_t put_encoded(const Text& text, std::size_t at, bool base64);

  /// What stands in front of a mailbox of a list: a comma behind another one, and a line break where it would not fit.
  void separate(const Text& display_name, const Text& address, bool comma = true);

  /// A whole display name, or nothing, that is not is_long() and may stand as it is, in quotes where it needs them.
  std::size_t put_name(const Text& display_name);

  /// The address of a mailbox; in brackets behind a name.
  void put_address(const Text& address, bool named);

  /// The end of the field.
  void end() { fold(); }

  /// Octets were lost because the window is full.
  bool is_cut() const { return !sink_.complete() && sink_.ahead() == 0; }

  std::size_t column() const { return sink_.total() - line_start_; }

  /// Whether a display name is too long to stand as it is.
  static bool is_long(const Text& display_name);

 private:
  void fold();
  bool reserve(std::size_t size);

  Sink& sink_;
  std::size_t line_start_;  // as a total of the sink; may lie before its first octet, wrapped around
};

}  // namespace mailmote

#endif
