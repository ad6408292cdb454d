// Encoded words: UTF-8 text in a header (RFC 2047).
#ifndef MAILMOTE_MESSAGE_ENCODED_WORD_HPP
#define MAILMOTE_MESSAGE_ENCODED_WORD_HPP

#include <cstddef>

#include "mailmote/bytes.hpp"
#include "wire/sink.hpp"

namespace mailmote {

/// Cuts well-formed UTF-8 text into encoded words, between characters, by the encoding (Q or B) that is shorter for all
/// of it. The Q form is the one that may stand in phrases too (section 5 rule 3).
class EncodedWords {
 public:
  static constexpr std::size_t kLine = 76;      ///< columns of a line that holds an encoded word
  static constexpr std::size_t kSmallest = 28;  ///< columns that hold a word with at least one character

  explicit EncodedWords(Text text);

  bool done() const { return at_ == text_.size(); }

  /// Puts the next word, of at most `room` (kSmallest or more) columns and never more than 75. Returns its length.
  std::size_t put_next(Sink& sink, std::size_t room);

 private:
  std::size_t fitting(std::size_t columns) const;
  void put_q(Sink& sink, std::size_t size) const;
  void put_b(Sink& sink, std::size_t size) const;

  Text text_;
  std::size_t at_ = 0;
  bool base64_;
};

}  // namespace mailmote

#endif
