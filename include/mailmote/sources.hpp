// Ready-made sources of content: pieces of text, a function, rows that are written as they are asked for. Each is linked
// when named. MemorySource is in text_message.hpp; files are in the ports.
#ifndef MAILMOTE_SOURCES_HPP
#define MAILMOTE_SOURCES_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/message.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// Texts, one behind the other. Rewindable, length known, ContentForm::any; octets above 127 must be told.
class PiecesSource final : public BodySource {
 public:
  constexpr PiecesSource(const Text* pieces, std::size_t count, bool eight_bit = false)
      : pieces_(pieces), count_(count), eight_bit_(eight_bit) {}
  template <std::size_t N>
  constexpr explicit PiecesSource(const Text (&pieces)[N], bool eight_bit = false) : PiecesSource(pieces, N, eight_bit) {}

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  const Text* pieces_;
  std::size_t count_;
  bool eight_bit_;
  std::size_t piece_ = 0;
  std::size_t at_ = 0;  // in the piece
};

/// What a function delivers: a camera, a UART, a queue.
class CallbackSource final : public BodySource {
 public:
  /// Delivers octets as BodySource::read() does.
  using Read = ReadResult (*)(void* context, MutableBytes into);
  /// Goes back to the first octet; false when it cannot. Called at every start.
  using Rewind = bool (*)(void* context);

  /// Without `rewind` it starts once, and the next start is source_not_rewindable.
  constexpr CallbackSource(Read deliver, void* context, Rewind rewind = nullptr)
      : read_(deliver), rewind_(rewind), context_(context) {}

  std::uint32_t length = 0;  ///< octets that it will deliver, when known
  bool length_known = false;
  bool eight_bit = false;    ///< it may deliver octets above 127

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  Read read_;
  Rewind rewind_;
  void* context_;
  bool begun_ = false;
};

/// Text that is written as it is asked for: a table of readings. A function writes one row at a time, as often as it takes
/// windows, and so the same one each time until the outcome; keep a row short, because it is written again for each window
/// that it touches.
///
///     bool write_row(void* readings, std::uint32_t row, mailmote::Sink& out) {
///       if (row == 100) return false;
///       put_fixed(out, static_cast<const Reading*>(readings)[row].millivolts, 3);   // "-1.250"
///       out.put(" V\n");
///       return true;
///     }
///     mailmote::RowSource table(write_row, readings);
///
/// Rewindable; its length is found out when something reads it to the end before. UTF-8 must be told.
class RowSource final : public BodySource {
 public:
  /// Writes a row, or returns false behind the last one.
  using Write = bool (*)(void* context, std::uint32_t row, Sink& out);

  constexpr RowSource(Write write, void* context, bool eight_bit = false)
      : write_(write), context_(context), eight_bit_(eight_bit) {}

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  Write write_;
  void* context_;
  std::size_t skip_ = 0;  // octets of the row that were delivered
  std::uint32_t row_ = 0;
  bool eight_bit_;
};

/// Text of long lines as format=flowed has it (RFC 3676, DelSp=no): broken behind blanks, at 72 characters where there is
/// one; readers join the lines again, to the width of their window. For a TextPart that says so:
///
///     mailmote::FlowedSource flowed(words);
///     mailmote::TextPart text(flowed);
///     text.flowed = true;
///
/// Blanks at the end of a line go, but for the signature's line "-- "; a word that is longer stands on a line of its own.
/// Rewindable as `words` is; its length is found out when something reads it to the end before.
class FlowedSource final : public BodySource {
 public:
  constexpr explicit FlowedSource(BodySource& words) : words_(words) {}

 private:
  enum class Due : std::uint8_t { nothing, word, line_end };

  static constexpr std::size_t kLongestWord = 76;  // octets that are held back

  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;
  ReadStatus refill();
  std::size_t write(const MutableBytes& into);
  void take(char octet);
  void compose(Sink& sink) const;
  void settle();
  bool at_signature() const { return dashes_ && !wrapped_ && blanks_ == 1; }
  bool breaks() const;
  std::size_t width() const;

  BodySource& words_;
  std::size_t skip_ = 0;      // octets of what is due that were delivered
  std::size_t blanks_ = 0;    // before the word
  std::size_t column_ = 0;
  std::uint8_t in_[32] = {};
  std::uint8_t in_at_ = 0;
  std::uint8_t in_size_ = 0;
  std::uint8_t word_size_ = 0;
  char word_[kLongestWord] = {};
  Due due_ = Due::nothing;
  bool after_cr_ = false;
  bool dashes_ = false;       // the line is "--" so far,
  bool wrapped_ = false;      // and began behind a break
  bool ended_ = false;        // the words
};

/// Writes a number: "-12".
void put_number(Sink& out, std::int32_t value);

/// Writes a number that counts 10^-`decimals`, 0 to 9 of them: put_fixed(out, -1250, 3) is "-1.250".
void put_fixed(Sink& out, std::int32_t value, unsigned decimals);

}  // namespace mailmote

#endif
