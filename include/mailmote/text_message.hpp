// Ready-made messages: a plain text mail, and a whole RFC 5322 message from a source. Linked when named.
#ifndef MAILMOTE_TEXT_MESSAGE_HPP
#define MAILMOTE_TEXT_MESSAGE_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/message.hpp"
#include "mailmote/random.hpp"

namespace mailmote {

class Sink;
class HeaderWriter;

namespace detail {

/// A place in a text. What lies in front of it was looked through, or written: the first fills in what the second needs
/// to know.
struct TextCursor {
  std::size_t at = 0;
  std::size_t escapes = 0;     ///< octets above 127 (a body), or that Q would escape (a header)
  std::uint16_t run = 0;       ///< octets of the line (a body) or of the word (a header) at the end of it
  std::uint16_t blanks = 0;    ///< and blanks behind that word
  bool encode = false;         ///< cannot stand as it is
  bool ill_formed = false;     ///< not UTF-8; in a header also: holds a control character
  bool line_feed_due = false;  ///< half of a line end was written
};

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

/// A name and an address for a header: "Pump 3 <pump@example.com>". The name is UTF-8 and may be empty.
struct Mailbox {
  constexpr Mailbox() = default;
  constexpr Mailbox(Text mailbox) : address(mailbox) {}         // NOLINT: implicit on purpose
  constexpr Mailbox(const char* mailbox) : address(mailbox) {}  // NOLINT: implicit on purpose
  constexpr Mailbox(Text mailbox, Text display) : address(mailbox), display_name(display) {}

  Text address;
  Text display_name;
};

/// A header of the application's own. The name is printable ASCII without colon; the value is one line of UTF-8 text,
/// encoded (RFC 2047) where needed and folded at blanks.
struct Header {
  Text name;
  Text value;
};

/// A plain text mail: From, To, Cc, Subject, Date, Message-ID and MIME headers, and UTF-8 text as it is (7 bit), as
/// 8bit, quoted-printable or base64, by what the text holds and the server offers. To and Cc are taken from the
/// recipients by their kind; bcc recipients are named nowhere.
///
/// All that the header shows is checked when the operation starts: a control character in any field is
/// Status::invalid_header, an address that is none invalid_header too; a Header named like one of the fields here is
/// duplicate_header.
/// Text that is not UTF-8 goes out all the same, with charset=unknown-8bit (RFC 1428): the mail matters more.
/// The exact length is known beforehand: when the operation starts, text and header are gone through once (about 30
/// instructions an octet, 60 where it is encoded), and nothing of what is given may change from then on. A read takes a
/// bounded time, whatever the length of text, header and list of recipients; where it has to look through more than
/// about a hundred octets of a header before it can write any, it says would_block.
/// The Date is taken from Options::clock at the first start and kept, so that a resend has the same; set `date` to
/// choose it. Without either there is no Date header (the server adds one). The same goes for `message_id`.
class TextMessage final : public Message, private BodySource {
 public:
  /// `from` is also the envelope sender; assign `sender` for another one.
  constexpr TextMessage(Mailbox from_mailbox, Recipients to, Text subject_text, Text body)
      : Message(from_mailbox.address, to, *this), from(from_mailbox), subject(subject_text), text(body) {}

  Mailbox from;
  Mailbox from_sender;               ///< the Sender header, when not the same as From; empty: none
  Mailbox reply_to;                  ///< empty: none
  Text subject;                      ///< UTF-8, one line
  Text text;                         ///< UTF-8, lines ended by LF or CRLF
  Text message_id;                   ///< "<unique@domain>", as make_message_id() writes it; empty: none
  UnixTime date = 0;                 ///< 0: from Options::clock at the first start, then kept
  const Header* headers = nullptr;   ///< further headers
  std::size_t header_count = 0;

 private:
  enum class Encoding : std::uint8_t { seven_bit, eight_bit, quoted_printable, base64 };

  /// What is done, in its order: the first two when the message starts, then the fields and the body, which are gone
  /// through twice: to check and to count them, and to write them.
  enum class Part : std::uint8_t {
    look, count, from, sender, reply_to, to, cc, subject, date, message_id, further, mime, body,
  };

  /// Between two pieces of the message.
  struct Place {
    Part part = Part::look;
    bool looked = false;       ///< the text at `cursor` was looked through
    std::uint16_t column = 0;  ///< of a field that was begun
    std::size_t index = 0;     ///< in a list
    detail::TextCursor cursor;
  };

  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  Status prepare(const Offer& offer, ContentPlan& plan, std::ptrdiff_t& work);
  void look(const Offer& offer, ContentPlan& plan);
  void choose_encoding(const Offer& offer, ContentPlan& plan);
  void count_text(ContentPlan& plan);
  Status count_header(ContentPlan& plan, std::ptrdiff_t& work);
  Status check_header(ContentPlan& plan);
  Status check_name(Text name);

  std::size_t read_header(MutableBytes into);
  std::size_t read_text(MutableBytes into);
  bool find(const Place& place, Mailbox& value) const;
  bool is_other(const Place& place) const;
  void skip_others(Place& place) const;
  std::ptrdiff_t put_piece(Sink& sink, Place& place) const;
  std::ptrdiff_t look_at(const Mailbox& value, Place& place) const;
  void put_value(HeaderWriter& header, Place& place, const Mailbox& value) const;
  void put_line(HeaderWriter& header, Place& place, Text value) const;
  void put_date(HeaderWriter& header, Place& place) const;
  void put_mime(HeaderWriter& header, Place& place) const;
  static Text name_of(Part part);

  Place place_;
  std::size_t skip_ = 0;  // octets of the piece at place_ that were delivered
  Encoding encoding_ = Encoding::seven_bit;
  bool utf8_ = true;               // the text is
  std::uint8_t seen_ = 0;          // further headers that may stand once
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

/// Octets that format_date() writes: "Sat, 21 Nov 2026 04:53:45 +0000" and a NUL.
constexpr std::size_t kDateSize = 32;

/// Writes `time` as an RFC 5322 date in UTC. Returns the text.
Text format_date(UnixTime time, char (&out)[kDateSize]);

}  // namespace mailmote

#endif
