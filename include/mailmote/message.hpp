// A message: an envelope and a source of content. Nothing is copied; everything must stay valid until the outcome.
#ifndef MAILMOTE_MESSAGE_HPP
#define MAILMOTE_MESSAGE_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/options.hpp"
#include "mailmote/reply.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

/// Where a composed message names a recipient. A bcc recipient is named nowhere but in the envelope.
enum class RecipientKind : std::uint8_t { to = 0, cc = 1, bcc = 2 };

/// How far a recipient got; the public view of it is Recipient::outcome().
enum class Progress : std::uint8_t {
  untried, asked, later, taken, accepted, rejected_temporarily, rejected_permanently, unknown,
};

/// What became of one recipient: 8 octets.
struct RecipientResult {
  std::uint16_t code = 0;     ///< the reply's code, 0 when there was none
  std::uint16_t subject = 0;  ///< enhanced code's subject; its class is the code's first digit
  std::uint16_t detail = 0;   ///< enhanced code's detail
  bool has_enhanced = false;
  Progress progress = Progress::untried;
};

/// One recipient and, after the operation, what became of it.
struct Recipient {
  constexpr Recipient() = default;
  constexpr Recipient(Text mailbox) : address(mailbox) {}         // NOLINT: implicit on purpose
  constexpr Recipient(const char* mailbox) : address(mailbox) {}  // NOLINT: implicit on purpose
  constexpr Recipient(Text mailbox, RecipientKind where) : address(mailbox), kind(where) {}
  constexpr Recipient(Text mailbox, Text display, RecipientKind where = RecipientKind::to)
      : address(mailbox), display_name(display), kind(where) {}

  Text address;       ///< local-part@domain, at most 254 octets, without <>
  Text display_name;  ///< for the To or Cc header of a composed message; UTF-8, may be empty
  RecipientKind kind = RecipientKind::to;
  RecipientResult result;

  constexpr RecipientOutcome outcome() const {
    switch (result.progress) {
      case Progress::untried:
      case Progress::asked:
      case Progress::taken:
      case Progress::later: return RecipientOutcome::not_sent;
      case Progress::accepted: return RecipientOutcome::accepted;
      case Progress::rejected_temporarily: return RecipientOutcome::rejected_temporarily;
      case Progress::rejected_permanently: return RecipientOutcome::rejected_permanently;
      case Progress::unknown: break;
    }
    return RecipientOutcome::unknown;
  }
  constexpr EnhancedCode enhanced() const {
    return result.has_enhanced
               ? EnhancedCode{static_cast<std::uint8_t>(result.code / 100), result.subject, result.detail}
               : EnhancedCode{};
  }
};

/// The application's recipients: an array, or one.
struct Recipients {
  constexpr Recipients() = default;
  constexpr Recipients(Recipient* first, std::size_t n) : data(first), count(n) {}
  template <std::size_t N>
  constexpr Recipients(Recipient (&all)[N]) : data(all), count(N) {}  // NOLINT: implicit on purpose
  constexpr Recipients(Recipient& one) : data(&one), count(1) {}      // NOLINT: implicit on purpose

  Recipient* data = nullptr;
  std::size_t count = 0;  ///< at most 65,535
};

/// What the connection offers to the content that is about to be sent.
struct Offer {
  bool eight_bit = false;  ///< 8BITMIME
  bool smtputf8 = false;   ///< SMTPUTF8
  bool binary_mime = false;  ///< BINARYMIME and CHUNKING, and Options::chunking is set
  WallClock clock;         ///< as in Options; may be null
  bool encodes = false;    ///< who asks encodes the octets: ContentPlan::eight_bit does not matter
};

/// How the octets of a source are to be treated.
enum class ContentForm : std::uint8_t {
  any,        ///< anything: line ends are repaired (or refused) and dots stuffed
  canonical,  ///< every line ends with CRLF, no other CR or LF, the last line too: dots are stuffed
  safe,       ///< canonical, and no line begins with a dot: copied as it is
};

/// What a source says about the content that it is about to deliver.
struct ContentPlan {
  std::uint32_t length = 0;    ///< octets that read() will deliver in all; where not length_known, an estimate or 0
  bool length_known = false;   ///< then delivering another number is an error: not sent
  bool rewindable = false;     ///< start() may be called again
  bool eight_bit = false;      ///< holds octets above 127: MAIL gets BODY=8BITMIME, refused where not offered
  bool smtputf8 = false;       ///< has UTF-8 in its header: MAIL gets SMTPUTF8, refused where not offered
  bool binary = false;         ///< is no text of lines; `form` must be safe: MAIL gets BODY=BINARYMIME, refused where not
                               ///< offered or where the length cannot be known beforehand
  ContentForm form = ContentForm::any;
  bool unfinished = false;     ///< a bounded part of the start was done: start_step() is to be called again
};

enum class ReadStatus : std::uint8_t {
  ok,           ///< n >= 1 octets were delivered
  would_block,  ///< nothing yet (a camera, a UART): asked again every 20 ms, up to Timeouts::source
  end,          ///< n >= 0 octets were delivered and they were the last
  error,        ///< it cannot go on: not sent, Status::source_failed
};

/// One word, so that it travels in a register. `n` is below 2^29.
struct [[nodiscard]] ReadResult {
  constexpr ReadResult(ReadStatus what, std::size_t octets = 0) : status(what), n(octets & 0x1fffffff) {}  // NOLINT

  ReadStatus status : 3;
  std::uint32_t n : 29;
};

/// The content of a message (header, empty line, body: RFC 5322), pulled a window at a time. It must not block and
/// must not call back into the client.
class BodySource {
 public:
  /// Begins from the first octet. `plan` comes in zeroed. ok, or why it cannot: source_not_rewindable when it cannot
  /// begin again, smtputf8_not_offered, eight_bit_not_offered, binary_mime_not_offered, invalid_header, or source_failed.
  Status start(const Offer& offer, ContentPlan& plan) {
    Status status = Status::ok;
    do {
      status = do_start(offer, plan);
    } while (status == Status::ok && plan.unfinished);
    return status;
  }

  /// The same in steps of a bounded time: to be called again with the same plan, and before anything is read, while the
  /// plan is unfinished. A zeroed plan begins anew.
  Status start_step(const Offer& offer, ContentPlan& plan) { return do_start(offer, plan); }

  /// Delivers the next octets, at most into.size (at least 16).
  ReadResult read(MutableBytes into) {
    const ReadResult result = do_read(into);
    const bool sound = result.n <= into.size && (result.status != ReadStatus::ok || result.n != 0);
    return sound ? result : ReadResult{ReadStatus::error};
  }

 protected:
  constexpr BodySource() = default;
  ~BodySource() = default;
  BodySource(const BodySource&) = delete;
  BodySource& operator=(const BodySource&) = delete;

 private:
  virtual Status do_start(const Offer& offer, ContentPlan& plan) = 0;
  virtual ReadResult do_read(MutableBytes into) = 0;
};

class Sink;
struct Capabilities;

/// What Message::dsn may point to: a Dsn (dsn.hpp), which is linked when named.
class DsnRequest {
 public:
  static constexpr std::size_t kForMail = static_cast<std::size_t>(-1);

  /// When an operation starts: ok or invalid_dsn.
  virtual Status check(std::size_t recipients) = 0;
  /// Before a transaction: ok or dsn_not_offered.
  virtual Status begin(const Capabilities& offered) = 0;
  /// Puts the parameters for a recipient, by its index, or for kForMail: each with a blank before it.
  virtual void put(Sink& sink, std::size_t recipient) const = 0;

 protected:
  constexpr DsnRequest() = default;
  ~DsnRequest() = default;
  DsnRequest(const DsnRequest&) = delete;
  DsnRequest& operator=(const DsnRequest&) = delete;
};

/// What a client sends: an envelope and a source. `sender` may be empty: RFC 5321's null reverse-path <>, for alarms
/// that must not bounce. TextMessage and RawMessage are ready-made ones.
class Message {
 public:
  constexpr Message(Text envelope_sender, Recipients to, BodySource& source)
      : sender(envelope_sender), recipients(to), content(source) {}
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  Text sender;            ///< envelope sender (MAIL FROM), at most 254 octets, or empty
  Recipients recipients;  ///< their results are reset when an operation starts and written while it runs
  BodySource& content;
  DsnRequest* dsn = nullptr;  ///< what is to be reported later on; null: whatever the servers report by themselves
};

/// Derived from the recipients' results; see Outcome.
Outcome outcome_of(const Recipients& recipients);

/// What to do next, by the outcome, the first error and each recipient's result. Linked when named.
Advice advise(Outcome outcome, const Error& error, const Recipients& recipients);

}  // namespace mailmote

#endif
