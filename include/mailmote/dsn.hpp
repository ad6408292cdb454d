// Delivery status notifications (RFC 3461): what the servers report about a mail later on. Linked when named.
#ifndef MAILMOTE_DSN_HPP
#define MAILMOTE_DSN_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/message.hpp"

namespace mailmote {

/// How much of the mail a report of failure brings back (RET).
enum class DsnReturn : std::uint8_t { server_default = 0, full = 1, headers = 2 };

/// What is reported, as a set: Notify::success | Notify::failure. `never` stands alone.
enum class Notify : std::uint8_t {
  server_default = 0,  ///< not said: servers report failures, and delays as they see fit
  never = 1,
  success = 2,         ///< that it was delivered
  failure = 4,
  delay = 8,
};

constexpr Notify operator|(Notify a, Notify b) {
  return static_cast<Notify>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}

/// What is asked for one recipient.
struct RecipientDsn {
  Notify notify = Notify::server_default;
  Text original_recipient;  ///< ORCPT: the address as it first was, which the report names; printable ASCII, or UTF-8
                            ///< (RFC 6533); at most 500 octets as it is written, "rfc822;" or "utf-8;" included
};

/// Asks for reports; they go to the envelope sender as mails. It is given in Message::dsn and must stay valid as that.
///
///     mailmote::Dsn reports;
///     reports.notify = mailmote::Notify::success | mailmote::Notify::failure;
///     reports.envelope_id = "pump3-4711";
///     mail.dsn = &reports;
///
/// A server that does not offer DSN is asked for nothing, and the mail goes out all the same: see asked(). With
/// `required` it does not: Status::dsn_not_offered. Status::invalid_dsn comes from the start of the operation: a set with
/// `never` and something else, a text that cannot be sent or is too long, set_recipients() with another number than the
/// message has.
class Dsn final : public DsnRequest {
 public:
  constexpr Dsn() = default;

  DsnReturn ret = DsnReturn::server_default;
  Notify notify = Notify::server_default;  ///< for all recipients, where set_recipients() was not called
  bool required = false;                   ///< rather do not send than send without
  Text envelope_id;  ///< ENVID, which the reports repeat: printable ASCII, at most 100 octets as it is written

  /// One a recipient, in their order.
  void set_recipients(const RecipientDsn* first, std::size_t count) {
    recipients_ = first;
    count_ = count;
  }
  template <std::size_t N>
  void set_recipients(const RecipientDsn (&all)[N]) {
    set_recipients(all, N);
  }

  /// Whether the server was asked when the mail was last sent; false when it does not offer DSN.
  bool asked() const { return asked_; }

 private:
  Status check(std::size_t recipients) override;
  Status begin(const Capabilities& offered) override;
  void put(Sink& sink, std::size_t recipient) const override;
  bool is_sound(std::size_t recipients) const;
  void put_for_mail(Sink& sink) const;
  RecipientDsn wish(std::size_t recipient) const;

  const RecipientDsn* recipients_ = nullptr;
  std::size_t count_ = 0;
  bool asked_ = false;
};

}  // namespace mailmote

#endif
