// A mail of several parts (RFC 2045 to 2049): text, HTML, inline pictures, attachments. Linked when named.
#ifndef MAILMOTE_MIME_HPP
#define MAILMOTE_MIME_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/detail/text_scanner.hpp"
#include "mailmote/detail/transfer_encoder.hpp"
#include "mailmote/mail_header.hpp"
#include "mailmote/message.hpp"

namespace mailmote {

class Sink;

namespace detail {

/// What was found out about a part when its message started.
struct PartPlan {
  std::uint32_t length = 0;         ///< of the body as it goes out, when `known`
  std::uint32_t source_length = 0;  ///< of the source, when `bounded`
  TransferEncoding encoding = TransferEncoding::automatic;
  bool known = false;
  bool bounded = false;
  bool rewindable = false;
  bool utf8 = true;
  bool line_ended = true;           ///< of the body's last line
};

}  // namespace detail

/// A part of a MimeMessage: what it is, and the source of its octets. Name one of the classes below.
class Part {
 public:
  Text type;            ///< "image/png", with its parameters if it has any; visible ASCII and blanks, at most 120 octets
  BodySource& content;  ///< not used by two parts that cannot start again
  Text name;            ///< file name, UTF-8, at most 255 octets; empty: none
  Text id;              ///< Content-ID without brackets, as in "cid:ID"; visible ASCII, at most 200 octets; empty: none
  /// For text by what it holds, else base64. A part that cannot stand in the encoding asked for (7bit with octets above
  /// 127, 8bit with NUL or lines of more than 998 octets) is Status::source_failed; binary where the server does not offer
  /// it, or where the length of the whole mail cannot be known beforehand, binary_mime_not_offered.
  TransferEncoding encoding = TransferEncoding::automatic;

  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

 protected:
  constexpr Part(Text media_type, BodySource& octets, Text file_name, Text content_id)
      : type(media_type), content(octets), name(file_name), id(content_id) {}
  ~Part() = default;

 private:
  friend class MimeMessage;

  detail::PartPlan plan_;
};

/// The text of the mail: UTF-8, lines ended by LF or CRLF.
class TextPart final : public Part {
 public:
  constexpr explicit TextPart(BodySource& words) : Part("text/plain", words, Text(), Text()) {}

  bool flowed = false;  ///< the text is written as format=flowed says (RFC 3676), by hand or by a FlowedSource (sources.hpp)
};

/// The same in HTML, UTF-8.
class HtmlPart final : public Part {
 public:
  constexpr explicit HtmlPart(BodySource& page) : Part("text/html", page, Text(), Text()) {}
};

/// What the HTML part shows: <img src="cid:ID">.
class Inline final : public Part {
 public:
  constexpr Inline(Text content_id, Text media_type, BodySource& octets, Text file_name = Text())
      : Part(media_type, octets, file_name, content_id) {}
};

/// A file: its octets arrive as they are. A message/rfc822 is not encoded (RFC 2046 section 5.2.1): it has to fit what the
/// server offers.
class Attachment final : public Part {
 public:
  constexpr Attachment(Text file_name, Text media_type, BodySource& octets)
      : Part(media_type, octets, file_name, Text()) {}
};

/// The application's parts of one kind: an array, or one.
template <class Kind>
struct Parts {
  constexpr Parts() = default;
  constexpr Parts(Kind* first, std::size_t n) : data(first), count(n) {}
  template <std::size_t N>
  constexpr Parts(Kind (&all)[N]) : data(all), count(N) {}  // NOLINT: implicit on purpose
  constexpr Parts(Kind& one) : data(&one), count(1) {}      // NOLINT: implicit on purpose

  Kind* data = nullptr;
  std::size_t count = 0;
};

/// A mail of any of these parts. What is there makes its structure: multipart/mixed around multipart/alternative around
/// multipart/related, each only where it has two parts to hold.
///
/// A part is read once where its length follows from the length of its source (what goes as base64), and once before to
/// look through it where the source can start again: texts, and what is not to be encoded. A source that cannot start
/// again is sent unseen, text as quoted-printable; then, and where such a look finds a source that has nothing yet, the
/// length of the mail is not known. A source that delivers another length than it announced ends the mail: not sent.
///
/// The boundary follows from the Message-ID (else from sender and date), so that a resend is the same. It cannot occur in
/// quoted-printable or base64; a text that holds it is encoded, and any other part that does is Status::source_failed.
/// Start and read are bounded in time; memory does not depend on the size of the parts.
class MimeMessage final : public Message, public MailHeader, private BodySource {
 public:
  /// `from` is also the envelope sender; assign `sender` for another one.
  constexpr MimeMessage(Mailbox from_mailbox, Recipients to, Text subject_text)
      : Message(from_mailbox.address, to, *this), MailHeader(from_mailbox, subject_text) {}

  TextPart* text = nullptr;
  HtmlPart* html = nullptr;
  Parts<Inline> inlines;  ///< with the HTML part; without one, among the attachments
  Parts<Attachment> attachments;

 private:
  /// What is done with a part, in its order: the first three when the message starts, the rest when it is counted and
  /// when it is written.
  enum class Step : std::uint8_t { check, begin, look, open, type, transfer, disposition, name, body, close, end };

  enum class Level : std::uint8_t { mixed, alternative, related };
  static constexpr std::size_t kLevels = 3;

  /// Parts are numbered: text, HTML, inlines, attachments.
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool holds(std::size_t part) const { return part >= begin && part < end; }
  };

  /// Between two pieces of the message.
  struct Place {
    std::size_t part = 0;
    Step step = Step::check;
    std::uint8_t segment = 0;  ///< of the file name
    std::uint8_t at = 0;       ///< in the file name
  };

  static constexpr std::size_t kHeld = 48;

  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  // Functions that are inline stand in one file and are called from there only.
  // Starting: src/message/mime_start.cpp
  inline void restart(const Offer& offer, ContentPlan& plan);
  void make_delimiter();
  inline Status prepare_header(ContentPlan& plan, std::ptrdiff_t& work);
  inline Status prepare(const Offer& offer, ContentPlan& plan, std::ptrdiff_t& work);
  Status check_part(std::ptrdiff_t& work);
  Status begin_part(const WallClock& clock, ContentPlan& plan);
  Offer offer_to_part(const WallClock& clock) const;
  void begin_pass(TransferEncoding encoding);
  inline Status plan_part();
  TransferEncoding wanted() const;
  Status look(bool eight_bit);
  void look_at(std::size_t size, bool end);
  inline Status judge(bool eight_bit);
  inline void settle(bool eight_bit);
  void leave_unseen();
  void count_piece(ContentPlan& plan, std::ptrdiff_t& work);
  inline void count_body(ContentPlan& plan);
  inline Status finish_start(ContentPlan& plan);
  inline Status forgo_binary();

  // The structure and the headers of parts: src/message/mime_structure.cpp
  std::size_t part_count() const;
  std::size_t text_count() const { return (text != nullptr ? 1U : 0U) + (html != nullptr ? 1U : 0U); }
  bool is_text(std::size_t number) const { return number < text_count(); }
  static bool is_message(const Part& part);
  bool is_message() const { return is_message(part()); }
  bool is_binary(const Range& parts) const;
  Part* part_at(std::size_t number) const;
  Part& part() const { return *part_at(place_.part); }
  Range range(Level level) const;
  std::ptrdiff_t put_piece(Sink& sink, Place& place) const;
  void open_levels(Sink& sink, std::size_t part) const;
  bool begins_within(std::size_t level, std::size_t part) const;
  inline void open_level(Sink& sink, Level level, bool first) const;
  inline void close_levels(Sink& sink, std::size_t part) const;
  void put_boundary(Sink& sink, Level level) const;
  inline void put_type(Sink& sink, const Place& place) const;
  inline void put_transfer(Sink& sink, const Part& part) const;
  inline void put_disposition(Sink& sink, const Place& place) const;
  inline void put_name(Sink& sink, Place& place) const;

  // Writing: src/message/mime_message.cpp
  std::size_t read_pieces(const MutableBytes& into);
  ReadResult read_body(const MutableBytes& into);
  ReadResult encode_some(const MutableBytes& into);
  inline ReadResult fill(const MutableBytes& into);
  ReadStatus start_source();
  inline bool fits(TransferEncoding encoding, ByteView octets);
  inline std::size_t end_body(std::uint8_t* out);

  Place place_;
  std::size_t skip_ = 0;           // octets of the piece at place_ that were delivered
  std::uint32_t count_ = 0;        // octets: encoded ones, when counting; that are left of the source, when writing
  ContentPlan source_;             // what the source at place_ said
  detail::Delimiter delimiter_;
  detail::TextScanner scan_;
  detail::TransferEncoder encoder_;
  std::uint8_t held_[kHeld] = {};  // octets of the source that are not encoded yet
  std::uint8_t held_size_ = 0;
  bool eight_bit_offered_ = false;
  bool smtputf8_offered_ = false;
  bool binary_offered_ = false;
  bool sending_ = false;           // not starting
  bool started_ = false;           // the source at place_
  bool source_ended_ = false;
};

}  // namespace mailmote

#endif
