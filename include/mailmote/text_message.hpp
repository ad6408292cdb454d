// Ready-made messages: a plain text mail, and a whole RFC 5322 message from a source. Linked when named.
#ifndef MAILMOTE_TEXT_MESSAGE_HPP
#define MAILMOTE_TEXT_MESSAGE_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/detail/text_scanner.hpp"
#include "mailmote/detail/transfer_encoder.hpp"
#include "mailmote/mail_header.hpp"
#include "mailmote/message.hpp"
#include "mailmote/random.hpp"

namespace mailmote {

namespace detail {

/// Leaves Bcc fields out of the header that passes through it.
class BccFilter {
 public:
  /// Filters `size` octets from `in` to `out`, which may be in front of it in one buffer; at most size + 3 come out.
  std::size_t filter(std::uint8_t* out, const std::uint8_t* in, std::size_t size);

  /// At the end: what was held back, at most 3 octets.
  std::size_t finish(std::uint8_t* out);

 private:
  enum class State : std::uint8_t { line_start, after_cr, name, field, body };

  std::uint8_t* step(std::uint8_t* out, std::uint8_t octet);
  std::uint8_t* begin_line(std::uint8_t* out, std::uint8_t octet);
  std::uint8_t* match_name(std::uint8_t* out, std::uint8_t octet);
  std::uint8_t* pass_field(std::uint8_t* out, std::uint8_t octet);
  std::uint8_t* release(std::uint8_t* out);

  State state_ = State::line_start;
  bool dropping_ = false;      // inside a Bcc field
  std::uint8_t held_ = 0;      // octets of a name that may become Bcc
  std::uint8_t name_[3] = {};
};

}  // namespace detail

/// Octets in memory as a source: text, a PEM file, a log in flash. Rewindable, length known, ContentForm::any; looked
/// through once at the start for octets above 127.
class MemorySource final : public BodySource {
 public:
  constexpr explicit MemorySource(Text octets) : octets_(octets) {}

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  Text octets_;
  std::size_t at_ = 0;
};

/// A plain text mail: the fields of MailHeader, and UTF-8 text as it is (7 bit), as 8bit, quoted-printable or base64, by
/// what the text holds and the server offers. To and Cc are taken from the recipients by their kind; bcc recipients are
/// named nowhere.
///
/// Text that is not UTF-8 goes out all the same, with charset=unknown-8bit (RFC 1428): the mail matters more.
/// The exact length is known beforehand: when the operation starts, text and header are gone through once (about 30
/// instructions an octet, 60 where it is encoded), and nothing of what is given may change from then on. A read takes a
/// bounded time, whatever the length of text, header and list of recipients; where it has to look through more than
/// about a hundred octets of a header before it can write any, it says would_block.
class TextMessage final : public Message, public MailHeader, private BodySource {
 public:
  /// `from` is also the envelope sender; assign `sender` for another one.
  constexpr TextMessage(Mailbox from_mailbox, Recipients to, Text subject_text, Text body)
      : Message(from_mailbox.address, to, *this), MailHeader(from_mailbox, subject_text), text(body) {}

  Text text;  ///< UTF-8, lines ended by LF or CRLF

 private:
  /// What is done, in its order: the first three when the message starts.
  enum class Step : std::uint8_t { look, count, check, header, mime, body };

  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  // Functions that are inline stand in one file and are called from there only.
  inline Status prepare(const Offer& offer, ContentPlan& plan, std::ptrdiff_t& work);
  inline void look(const Offer& offer, ContentPlan& plan);
  inline void choose_encoding(const Offer& offer, ContentPlan& plan);
  void count_text(ContentPlan& plan);
  inline void finish(ContentPlan& plan);

  inline std::size_t read_mime(const MutableBytes& into);
  inline std::size_t read_text(const MutableBytes& into);
  bool at_end() const { return at_ == text.size() && ended_; }
  inline void put_mime(Sink& sink) const;

  std::size_t at_ = 0;    // in the text
  std::size_t skip_ = 0;  // octets of the MIME header that were delivered
  detail::TextScanner scan_;
  detail::TransferEncoder encoder_;
  Step step_ = Step::look;
  TransferEncoding encoding_ = TransferEncoding::seven_bit;
  bool ended_ = false;    // all of the text is written
};

/// A whole message (header, empty line, body) from `source`, sent octet by octet but for two things: a Bcc field in its
/// header is left out, and line ends are repaired or refused by Options::line_ends.
class RawMessage final : public Message, private BodySource {
 public:
  constexpr RawMessage(Text envelope_sender, Recipients to, BodySource& source)
      : Message(envelope_sender, to, *this), source_(source) {}

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  detail::BccFilter filter_;
  BodySource& source_;
};

/// Writes a new Message-ID, "<16 octets in hex@domain>" and a NUL, into `out`. `domain` is the application's own, at
/// most 200 printable characters. ok, or no_random_source, out_of_space (needs domain + 36 octets), invalid_header.
Status make_message_id(const RandomSource& random, Text domain, char* out, std::size_t size);

template <std::size_t N>
Status make_message_id(const RandomSource& random, Text domain, char (&out)[N]) {
  return make_message_id(random, domain, out, N);
}

}  // namespace mailmote

#endif
