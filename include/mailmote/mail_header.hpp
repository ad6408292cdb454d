// The header of a composed message (RFC 5322): what its fields say.
#ifndef MAILMOTE_MAIL_HEADER_HPP
#define MAILMOTE_MAIL_HEADER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/message.hpp"

namespace mailmote {

class HeaderWriter;
class Sink;

namespace detail {

/// A place in a text for a header. What lies in front of it was looked through, or written: the first fills in what the
/// second needs to know.
struct TextCursor {
  std::size_t at = 0;
  std::size_t escapes = 0;   ///< octets that Q would escape
  std::uint16_t run = 0;     ///< octets of the word at the end of it
  std::uint16_t blanks = 0;  ///< and blanks behind that word
  bool encode = false;       ///< cannot stand as it is
  bool ill_formed = false;   ///< not UTF-8, or holds a control character
};

}  // namespace detail

/// A name and an address for a header: "Pump 3 <pump@example.com>". The name is UTF-8 and may be empty.
struct Mailbox {
  constexpr Mailbox() = default;
  constexpr Mailbox(Text mailbox) : address(mailbox) {}         // NOLINT: implicit on purpose
  constexpr Mailbox(const char* mailbox) : address(mailbox) {}  // NOLINT: implicit on purpose
  constexpr Mailbox(Text mailbox, Text display) : address(mailbox), display_name(display) {}

  Text address;
  Text display_name;
};

/// A header of the application's own. The name is printable ASCII without colon and does not begin with a dot; the value
/// is one line of UTF-8 text, encoded (RFC 2047) where needed and folded at blanks.
struct Header {
  Text name;
  Text value;
  bool structured = false;  ///< ids, addresses, keywords: printable ASCII that goes out as it is, or invalid_header
};

/// This mail answers that one; its Message-ID with brackets. Several ids stand in one line with blanks between them.
constexpr Header in_reply_to(Text message_ids) { return {"In-Reply-To", message_ids, true}; }

/// The thread that this mail belongs to: the Message-IDs of its ancestors, the oldest first, with blanks between them.
constexpr Header references(Text message_ids) { return {"References", message_ids, true}; }

/// How to leave the list (RFC 2369): "<https://example.com/leave>, <mailto:leave@example.com>".
constexpr Header list_unsubscribe(Text uris) { return {"List-Unsubscribe", uris, true}; }

/// Asks the reader's program for a receipt (RFC 8098) to this address.
constexpr Header disposition_notification_to(Text address) { return {"Disposition-Notification-To", address, true}; }

/// How important the mail is, in the two ways that readers know: name both of one kind.
inline constexpr Header kHighImportance = {"Importance", "high", true};
inline constexpr Header kHighPriority = {"X-Priority", "1 (Highest)", true};
inline constexpr Header kLowImportance = {"Importance", "low", true};
inline constexpr Header kLowPriority = {"X-Priority", "5 (Lowest)", true};

/// The fields of a header, but for To and Cc: those are the recipients, by their kind; bcc recipients are named nowhere.
///
/// All that the header shows is checked when the operation starts: a control character in any field is
/// Status::invalid_header, an address that is none invalid_header too; a Header named like one of the fields here, or
/// given twice though it may stand once, is duplicate_header.
/// The Date is taken from Options::clock at the first start and kept, so that a resend has the same; set `date` to
/// choose it. Without either there is no Date header (the server adds one). The same goes for `message_id`.
class MailHeader {
  enum class Field : std::uint8_t { from, sender, reply_to, to, cc, subject, date, message_id, further, mime, end };

  /// Between two pieces of the header.
  struct Place {
    Field field = Field::from;
    bool looked = false;       ///< the text at `cursor` was looked through
    bool comma = false;        ///< a mailbox of this list was written
    std::uint16_t column = 0;  ///< of a field that was begun
    std::size_t index = 0;     ///< in a list
    detail::TextCursor cursor;
  };

  // First, because compilers for small cores reach what stands first with shorter instructions.
  Place place_;
  std::size_t skip_ = 0;   // octets of the piece at place_ that were delivered
  std::uint8_t seen_ = 0;  // further headers that may stand once

 public:
  Mailbox from;
  Mailbox from_sender;              ///< the Sender header, when not the same as From; empty: none
  Mailbox reply_to;                 ///< empty: none
  Text to_group;                    ///< a name for all that To holds, as in "Night shift: a@x, b@x;"; empty: none
  Text subject;                     ///< UTF-8, one line
  Text message_id;                  ///< "<unique@domain>", as make_message_id() writes it; empty: none
  UnixTime date = 0;                ///< 0: from Options::clock at the first start, then kept
  const Header* headers = nullptr;  ///< further headers
  std::size_t header_count = 0;
  bool auto_submitted = true;       ///< says that no person wrote this mail, so that none answers by itself (RFC 3834);
                                    ///< a header of that name in `headers` replaces it

  template <std::size_t N>
  constexpr void set_headers(const Header (&all)[N]) {
    headers = all;
    header_count = N;
  }

 protected:
  constexpr MailHeader(Mailbox from_mailbox, Text subject_text) : from(from_mailbox), subject(subject_text) {}
  ~MailHeader() = default;

  /// Begins a pass over the header: to check and count it, later to write it.
  void begin_header() {
    place_ = Place{};
    skip_ = 0;
  }
  void begin_check(const Offer& offer);
  bool header_done() const { return place_.field == Field::end; }

  /// Checks a piece and adds its length to the plan; `work` is what the step may still cost.
  Status check_header(const Recipients& to, ContentPlan& plan, std::ptrdiff_t& work);

  /// Writes a bounded number of pieces, "MIME-Version" the last. Returns how many octets.
  std::size_t read_header(const Recipients& to, const MutableBytes& into);

 private:
  /// What stands at a place.
  struct Value {
    const Text* address = nullptr;  ///< null: a text
    const Text* words = nullptr;
  };

  // Functions that are inline stand in one file and are called from there only.
  inline Status check_value(const Recipients& to, ContentPlan& plan);
  inline Status check_name(const Text& name);
  bool find(const Recipients& to, Value& value) const;
  inline bool find_in_list(const Recipients& to, Value& value) const;
  bool is_group() const { return place_.field == Field::to && place_.index == 0 && !to_group.empty(); }
  std::size_t recipient_at() const { return place_.index - (place_.field == Field::to && !to_group.empty() ? 1U : 0U); }
  bool is_other(const Recipients& to) const;
  inline std::ptrdiff_t skip_others(const Recipients& to);
  std::ptrdiff_t put_piece(const Recipients& to, Sink& sink);
  inline void next_field();
  inline void next_value(const Value& value);
  inline std::ptrdiff_t look_at(const Value& value);
  inline void put_end(HeaderWriter& header) const;
  inline std::size_t put_value(HeaderWriter& header, const Value& value) const;
  inline std::size_t put_words(HeaderWriter& header, const Value& value) const;
  inline void put_line(HeaderWriter& header) const;
  void put_date(HeaderWriter& header) const;
  void put_mime(HeaderWriter& header) const;
};

/// Octets that format_date() writes: "Sat, 21 Nov 2026 04:53:45 +0000" and a NUL.
constexpr std::size_t kDateSize = 32;

/// Writes `time` as an RFC 5322 date in UTC. Returns the text.
Text format_date(UnixTime time, char (&out)[kDateSize]);

}  // namespace mailmote

#endif
