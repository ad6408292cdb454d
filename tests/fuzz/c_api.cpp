// A program that calls the functions of mailmote.h in any order that their contract allows, and those that it says are
// answered by an error, over a stream, a server and a proxy of its own. Whatever it does: each operation ends, what the
// functions say fits together, and nothing is touched that should not be.
#include <algorithm>
#include <cstring>
#include <deque>
#include <iterator>
#include <memory>
#include <utility>

#include "fuzz/c_api/octets.hpp"
#include "fuzz/c_api/wire.hpp"
#include "mailmote/c/bridge.hpp"
#include "support/test_hash.hpp"

namespace mailmote::test {
namespace {

constexpr std::size_t kMost = 3;  // recipients, parts, wishes

/// Memory for objects in C, zero as static memory is, and with nothing of the program's beside it.
template <class Memory>
class Place {
 public:
  explicit Place(std::size_t count = 1) : memory_(new Memory[count]()) {}
  operator Memory*() const { return get(); }
  Memory* get() const { return memory_.get(); }

 private:
  std::unique_ptr<Memory[]> memory_;
};

class Program {
 public:
  explicit Program(Feed& feed) : feed_(feed), wire_(feed.text()) {
    mailmote_options_init(&options_, "mail.example.com");
    options_.security = MAILMOTE_SECURITY_NONE;
    make_login();
    if (feed_.flag()) make_stream();
  }
  ~Program() { cancel(); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void run() {
    constexpr void (Program::*kSteps[])() = {
        &Program::change_options, &Program::make_stream, &Program::make_client,  &Program::make_login,
        &Program::make_message,   &Program::make_mime,   &Program::ask_for_dsn,  &Program::begin,
        &Program::begin_other,    &Program::poll,        &Program::poll_to_end,  &Program::cancel,
        &Program::look,           &Program::look_closer, &Program::call_helpers, &Program::use_stream};
    while (!feed_.empty()) (this->*kSteps[feed_.pick(std::size(kSteps))])();
  }

 private:
  // What the program is told.

  const char* string() {
    static constexpr const char* kUsual[] = {"a@example.com", "x",    "",          "mail.example.com",
                                             "text/plain",    "\r\n", "gr\xc3\xbcn", "192.0.2.1",
                                             "::1",           "<1@example.com>"};
    const unsigned which = feed_.octet();
    if (which % 8 == 7) return nullptr;
    if (which % 8 != 6) return kUsual[which / 8 % std::size(kUsual)];
    strings_.push_back(feed_.text());
    return strings_.back().c_str();
  }

  template <class Enumeration>
  Enumeration one_of(unsigned count) {
    return static_cast<Enumeration>(feed_.pick(count));
  }

  bool bit(unsigned which, unsigned number) const { return (which >> number & 1U) != 0; }

  mailmote_random_t random() { return {feed_.pick(4) == 3 ? nullptr : &fill, &feed_}; }

  static bool fill(void* feed, std::uint8_t* out, std::size_t size) {
    std::fill_n(out, size, std::uint8_t{1});
    return static_cast<Feed*>(feed)->pick(16) != 15;
  }

  // Making things.

  void change_options() {
    const unsigned bits = feed_.octet();
    mailmote_options_init(&options_, bit(bits, 0) ? string() : "mail.example.com");
    options_.security = one_of<mailmote_security_t>(5);
    if (bit(bits, 1)) options_.timeouts = mailmote_device_timeouts;
    if (bit(bits, 2)) options_.timeouts.command = options_.greeting_timeout = feed_.octet() * 100U;
    if (bit(bits, 3)) options_.auth = auth_;
    if (bit(bits, 4)) options_.plan = plan_;
    options_.allow_clear = options_.allow_cleartext_credentials = bit(bits, 5);
    options_.pipelining = bit(bits, 6);
    if (bit(bits, 7)) mailmote_use_chunking(&options_);
    const unsigned more = feed_.octet();
    if (bit(more, 0)) options_.refused_recipient = MAILMOTE_REFUSED_RECIPIENT_ABORT;
    if (bit(more, 1)) options_.line_ends = MAILMOTE_LINE_ENDS_REFUSE;
    if (bit(more, 2)) options_.helo = string();
    if (bit(more, 3)) options_.clock = [](void* now) { return *static_cast<const std::uint32_t*>(now); };
    if (bit(more, 4)) options_.observer = mailmote_observer_init(observer_, &kObserver, this);
    if (bit(more, 5)) options_.port = feed_.octet();
    options_.clock_context = &now_;
  }

  void make_stream() {
    using Init = mailmote_stream_t* (*)(mailmote_proxy_stream_t*, mailmote_stream_t*, const mailmote_proxy_options_t*);
    constexpr Init kInits[] = {mailmote_socks4_stream_init, mailmote_socks4a_stream_init, mailmote_socks5_stream_init,
                               mailmote_http_proxy_stream_init};
    constexpr ProxyKind kKinds[] = {ProxyKind::socks4, ProxyKind::socks4, ProxyKind::socks5, ProxyKind::http};
    cancel();
    const unsigned how = feed_.octet();
    stream_ = bit(how, 0) ? mailmote_custom_stream_init(tcp_, &Wire::kOps, &wire_)
                          : mailmote_custom_tls_stream_init(tls_, &Wire::kOps, &Wire::kTlsOps, &wire_);
    wire_.proxy = ProxyKind::none;
    if (!bit(how, 1)) return make_client();
    mailmote_proxy_options_t proxy;
    mailmote_proxy_options_init(&proxy, bit(how, 4) ? string() : "proxy.example.com");
    proxy.user = bit(how, 5) ? string() : nullptr;
    proxy.password = bit(how, 6) ? string() : "secret";
    proxy.address = bit(how, 7) ? string() : "192.0.2.1";
    proxy.tls = bit(how, 5) && bit(how, 6);
    wire_.proxy = kKinds[how / 4 % 4];
    stream_ = kInits[how / 4 % 4](proxy_, stream_, &proxy);
    make_client();
  }

  void make_client() {
    cancel();
    const unsigned how = feed_.octet();
    constexpr std::size_t kSize = sizeof(mailmote_client_t);
    const auto made_of = [this](std::size_t size, mailmote_stream_t* stream) {
      return mailmote_client_init(client_, size, stream, &options_, nullptr, 0, nullptr, 0);
    };
    require(made_of(kSize / 2, stream_) == MAILMOTE_OUT_OF_SPACE, "that half of its memory is not enough for a client");
    require(made_of(kSize, nullptr) == MAILMOTE_NOTHING_TO_DO, "that a client needs a stream");
    if (stream_ == nullptr) return;
    rx_ = std::make_unique<Room>(how % 8 == 6 ? 127 : 256 + how);
    tx_ = std::make_unique<Room>(how % 8 == 5 ? 63 : 64 + how);
    const MutableBytes rx = rx_->bytes();
    const MutableBytes tx = tx_->bytes();
    require(mailmote_client_init(client_, kSize, stream_, &options_, rx.data, rx.size, tx.data, tx.size) == MAILMOTE_OK,
            "a client of a stream and options");
    made_ = true;
    of_mail_ = false;
  }

  static mailmote_token_state_t get_token(void* feed, const char** token) {
    *token = "ya29.x";
    return static_cast<mailmote_token_state_t>(static_cast<Feed*>(feed)->pick(3));
  }

  void make_login() {
    if (busy_) return;
    const mailmote_credentials_t credentials = {string(), string(), string()};
    const mailmote_token_source_t source = {string(), feed_.flag() ? get_token : nullptr, &feed_};
    const bool has_token = feed_.flag();
    const bool has_credentials = feed_.flag();
    mailmote_mechanism_t* const made[] = {
        mailmote_plain_init(passwords_, &credentials),
        mailmote_login_init(passwords_ + 1, &credentials),
        mailmote_cram_md5_init(passwords_ + 2, &credentials),
        mailmote_external_init(external_, credentials.authorization),
        mailmote_xoauth2_init(tokens_, credentials.user, &source),
        mailmote_oauthbearer_init(tokens_ + 1, credentials.user, has_token ? &source : nullptr),
        mailmote_scram_init(scram_, to_c(kTestSha256), has_credentials ? &credentials : nullptr),
    };
    mailmote_scram_set_iterations(scram_, 1, 64, 1 + feed_.pick(8));
    const std::size_t count = feed_.pick(std::size(made) + 1);
    for (std::size_t i = 0; i < count; ++i) allowed_[i] = made[feed_.pick(std::size(made))];
    mailmote_auth_init(auth_, count != 0 ? static_cast<mailmote_mechanism_t**>(allowed_) : nullptr, count, random());
    mailmote_auto_security_init(plan_);
    mailmote_auto_security_remember(plan_, feed_.octet());
  }

  mailmote_source_t* source(std::size_t i) {
    octets_[i].feed = &feed_;
    if (feed_.flag()) return mailmote_custom_source_init(custom_ + i, &Octets::kOps, &octets_[i]);
    const char* const text = string();
    return mailmote_memory_source_init(memory_ + i, text, text == nullptr ? feed_.octet() : std::strlen(text));
  }

  void make_recipients() {
    count_ = feed_.pick(kMost + 1);
    of_mail_ = false;
    for (std::size_t i = 0; i < kMost; ++i) {
      mailmote_recipient_init(to_ + i, feed_.pick(4) == 3 ? string() : "ops@example.com");
      mailmote_recipient_set_kind(to_ + i, one_of<mailmote_recipient_kind_t>(3));
      if (feed_.flag()) mailmote_recipient_set_display_name(to_ + i, string());
    }
  }

  mailmote_fields_t fields() {
    mailmote_fields_t fields;
    mailmote_fields_init(&fields);
    for (std::size_t i = 0; i < 2; ++i) {
      const char* const name = string();
      const char* const value = string();
      mailmote_header_init(headers_ + i, name, value, feed_.flag());
    }
    fields.from_name = string();
    fields.sender = string();
    fields.reply_to = string();
    fields.to_group = string();
    fields.message_id = string();
    fields.date = feed_.octet();
    fields.headers = headers_;
    fields.header_count = feed_.pick(3);
    return fields;
  }

  void make_message() {
    if (busy_) return;
    make_recipients();
    const char* const from = feed_.pick(4) == 3 ? string() : "a@example.com";
    const char* const text = string();
    const unsigned kind = feed_.pick(6);
    octets_[0].feed = &feed_;
    if (kind == 0) mail_ = mailmote_memory_message_init(of_memory_, from, to_, count_, text, text == nullptr ? 9 : 1);
    if (kind == 1) mail_ = mailmote_source_message_init(of_source_, from, to_, count_, &Octets::kOps, octets_);
    if (kind == 2) mail_ = mailmote_raw_message_init(raw_, from, to_, count_, source(0));
    if (kind == 3) mail_ = mailmote_raw_message_init(raw_, from, nullptr, 7, nullptr);
    if (kind >= 4) mail_ = mailmote_text_message_init(text_, from, to_, count_, string(), text);
    if (kind == 5) {
      const mailmote_fields_t more = fields();
      mailmote_text_message_set_fields(text_, &more);
    }
    if (kind == 4) mailmote_message_set_sender(mail_, string());
  }

  void make_mime() {
    if (busy_) return;
    make_recipients();
    const unsigned parts = feed_.octet();
    mail_ = mailmote_mime_message_init(mime_, "a@example.com", to_, count_, string());
    const char* const id = string();
    const char* const type = string();
    const char* const name = string();
    mailmote_text_part_init(text_part_, source(0), bit(parts, 0));
    mailmote_html_part_init(parts_, source(1));
    mailmote_inline_init(parts_ + 1, id, type, source(2), name);
    mailmote_attachment_init(parts_ + 2, name, type, source(3));
    mailmote_attachment_init(parts_ + 3, "log.bin", "application/octet-stream", source(4));
    for (std::size_t i = 0; i < 4; ++i) mailmote_part_set_encoding(parts_ + i, one_of<mailmote_encoding_t>(7));
    mailmote_mime_message_set_text(mime_, bit(parts, 1) ? text_part_.get() : nullptr);
    mailmote_mime_message_set_html(mime_, bit(parts, 2) ? parts_.get() : nullptr);
    mailmote_mime_message_set_inlines(mime_, bit(parts, 3) ? parts_ + 1 : nullptr, 1);
    mailmote_mime_message_set_attachments(mime_, parts_ + 2, bit(parts, 4) ? 2 : 0);
    if (!bit(parts, 5)) return;
    const mailmote_fields_t more = fields();
    mailmote_mime_message_set_fields(mime_, &more);
  }

  void ask_for_dsn() {
    if (busy_ || mail_ == nullptr) return;
    dsn_made_ = true;
    const unsigned how = feed_.octet();
    const char* const text = string();
    mailmote_dsn_init(dsn_, how % 16, static_cast<mailmote_dsn_return_t>(how / 16 % 3), text, how >= 128);
    for (std::size_t i = 0; i < kMost; ++i) mailmote_recipient_dsn_init(wishes_ + i, how / 8 % 16, text);
    const std::size_t count = feed_.pick(kMost + 2);
    if (count <= kMost) mailmote_dsn_set_recipients(dsn_, count % 2 != 0 ? wishes_.get() : nullptr, count);
    mailmote_message_set_dsn(mail_, feed_.pick(4) == 3 ? nullptr : dsn_.get());
  }

  // Operations.

  mailmote_status_t begun(mailmote_status_t status) {
    require(!busy_ || status != MAILMOTE_OK, "one operation at a time");
    require(made_ || status == MAILMOTE_WINDOW_TOO_SMALL, "that a client begins nothing before it is made");
    return status;
  }

  void begin() {
    const bool was_busy = busy_;
    const mailmote_after_t after = one_of<mailmote_after_t>(2);
    const mailmote_status_t status = begun(mailmote_start(client_, mail_, after));
    if (was_busy) return;
    busy_ = of_mail_ = status == MAILMOTE_OK;
    require(!busy_ || (mail_ != nullptr && count_ != 0), "that a mail has recipients");
  }

  void begin_other() {
    constexpr mailmote_status_t (*kOthers[])(mailmote_client_t*) = {mailmote_connect, mailmote_validate_credentials,
                                                                    mailmote_get_capabilities, mailmote_noop,
                                                                    mailmote_quit};
    const bool was_busy = busy_;
    const mailmote_status_t status = begun(kOthers[feed_.pick(std::size(kOthers))](client_));
    if (was_busy || status != MAILMOTE_OK) return;
    busy_ = true;
    of_mail_ = false;
  }

  void poll() {
    for (unsigned polls = feed_.pick(16) + 1U; polls != 0; --polls) poll_once();
  }

  void poll_to_end() {
    for (unsigned polls = 0; busy_; ++polls) {
      require(polls < 100000, "an end");
      poll_once();
    }
  }

  void poll_once() {
    polling_ = true;
    const mailmote_poll_t said = mailmote_poll(client_, now_);
    polling_ = false;
    require(said != MAILMOTE_POLL_IDLE || !busy_, "that a client with something to do is not idle");
    require(said != MAILMOTE_POLL_DONE || busy_, "that done is said once");
    if (said == MAILMOTE_POLL_DONE) finish();
    if (said == MAILMOTE_POLL_WAIT) now_ += std::min<std::uint32_t>(mailmote_wait(client_, now_).timeout, 1000);
  }

  // The outcome is what became of the recipients.
  void finish() {
    busy_ = false;
    if (!of_mail_) return;
    std::size_t accepted = 0, rejected = 0, unknown = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const mailmote_recipient_outcome_t outcome = mailmote_recipient_outcome(to_ + i);
      accepted += outcome == MAILMOTE_RECIPIENT_ACCEPTED;
      unknown += outcome == MAILMOTE_RECIPIENT_UNKNOWN;
      rejected += outcome == MAILMOTE_RECIPIENT_REJECTED_TEMPORARILY ||
                  outcome == MAILMOTE_RECIPIENT_REJECTED_PERMANENTLY;
      require(outcome != MAILMOTE_RECIPIENT_ACCEPTED || mailmote_recipient_code(to_ + i) / 100 == 2, "a reply of 2xx");
      static_cast<void>(mailmote_recipient_enhanced(to_ + i));
    }
    const mailmote_outcome_t outcome = unknown != 0          ? MAILMOTE_OUTCOME_UNKNOWN
                                       : accepted == count_  ? MAILMOTE_OUTCOME_ACCEPTED
                                       : accepted != 0       ? MAILMOTE_OUTCOME_PARTLY_ACCEPTED
                                       : rejected != 0       ? MAILMOTE_OUTCOME_REJECTED
                                                             : MAILMOTE_OUTCOME_NOT_SENT;
    require(mailmote_outcome(client_) == outcome, "an outcome that is derived from the recipients");
    require((mailmote_error(client_).status == MAILMOTE_OK) == (outcome == MAILMOTE_OUTCOME_ACCEPTED), "a reason");
  }

  void cancel() {
    mailmote_cancel(client_);
    if (std::exchange(busy_, false)) finish();
    require(!mailmote_connected(client_), "no connection after cancel");
    require(mailmote_poll(client_, now_) == MAILMOTE_POLL_IDLE, "that nothing is left after cancel");
  }

  // Looking at things.

  void look() {
    Room room(feed_.octet());
    char* const out = reinterpret_cast<char*>(room.bytes().data);
    const std::size_t size = room.bytes().size;
    const mailmote_error_t error = mailmote_error(client_);
    require(std::strlen(mailmote_describe(error, out, size)) <= size, "a sentence within its room");
    require(std::strlen(mailmote_reply_text(client_, out, size)) <= size, "a text within its room");
    const char* const host = string();
    require(std::strlen(mailmote_describe_tls(error, stream_, host, out, size)) <= size, "a sentence within its room");
    require(*mailmote_status_name(error.status) != '\0' && *mailmote_phase_name(error.phase) != '\0', "names");
    require(*mailmote_outcome_name(mailmote_outcome(client_)) != '\0', "a name");
    require(*mailmote_advice_name(mailmote_advice(client_)) != '\0', "a name");
    require(mailmote_auth_advice(client_) != nullptr, "advice");
    require(made_ || mailmote_phase(client_) == MAILMOTE_PHASE_IDLE, "an idle phase before the client is made");
    require(mailmote_security(client_) <= MAILMOTE_SECURITY_IMPLICIT, "a connection secured in one of three ways");
    static_cast<void>(mailmote_capabilities(client_));
    static_cast<void>(mailmote_round_trips(client_));
    static_cast<void>(mailmote_wait(client_, now_));
  }

  void look_closer() {
    mailmote_tls_report_t report;
    const bool has_layer = mailmote_tls_report(stream_, &report);
    require(has_layer || report.version == MAILMOTE_TLS_NONE, "no report without a layer");
    require(mailmote_auto_security_count(plan_) <= 4, "at most four ways");
    static_cast<void>(mailmote_auto_security_try(plan_, feed_.pick(6)));
    static_cast<void>(mailmote_auto_security_remembered(plan_));
    require((mailmote_auth_offered(auth_) & ~mailmote_auth_allowed(auth_)) == 0, "what is offered is allowed");
    require(mailmote_auth_used(auth_) != nullptr, "a name");
    Room room(feed_.octet());
    const mailmote_octets_t refusal = mailmote_token_refusal(tokens_ + feed_.pick(2));
    mailmote_escape(refusal.data, refusal.size, reinterpret_cast<char*>(room.bytes().data), room.bytes().size);
    if (dsn_made_) static_cast<void>(mailmote_dsn_asked(dsn_));
  }

  void call_helpers() {
    const std::string text = feed_.text();
    Room room(feed_.octet());
    char* const out = reinterpret_cast<char*>(room.bytes().data);
    const std::size_t size = room.bytes().size;
    mailmote_escape(text.data(), text.size(), out, size);
    mailmote_parse_auth(text.data(), text.size(), feed_.octet());
    mailmote_mechanism_name(one_of<mailmote_mechanism_id_t>(13), out, size);
    const mailmote_random_t source = random();
    const bool made = mailmote_make_message_id(source, string(), out, size) == MAILMOTE_OK;
    require(!made || std::strlen(out) < size, "a Message-ID within its room");
    mailmote_tls_session_t session;
    mailmote_tls_session_init(&session, out, size, feed_.octet());
    require(mailmote_tls_session_used(&session) <= size, "a session within its room");
    require(!mailmote_tls_session_changed(&session), "a session that nobody has changed");
  }

  // As a layer of the program's own does, while no client uses the stream.
  void use_stream() {
    cancel();
    if (stream_ == nullptr) return;
    std::size_t n = 0;
    Room room(1 + feed_.octet());
    const MutableBytes octets = room.bytes();
    mailmote_io_t status = mailmote_stream_open(stream_, "mail.example.com", 25);
    for (unsigned i = 0; status == MAILMOTE_IO_WOULD_BLOCK && i < 16; ++i) {
      status = mailmote_stream_progress(stream_, now_);
    }
    for (unsigned i = feed_.pick(4); status == MAILMOTE_IO_OK && i != 0; --i) {
      status = feed_.flag() ? mailmote_stream_read(stream_, octets.data, octets.size, &n)
                            : mailmote_stream_write(stream_, "NOOP\r\n", 6, &n);
      require((status == MAILMOTE_IO_OK) == (n != 0), "octets when it is ok");
      if (status == MAILMOTE_IO_WOULD_BLOCK) status = MAILMOTE_IO_OK;
    }
    static_cast<void>(mailmote_stream_wait(stream_));
    static_cast<void>(mailmote_stream_status(stream_));
    static_cast<void>(mailmote_stream_native(stream_));
    if (status == MAILMOTE_IO_OK && feed_.flag()) {
      static_cast<void>(mailmote_stream_local(stream_));
      static_cast<void>(mailmote_stream_remote(stream_));
      static_cast<void>(mailmote_stream_close(stream_));
    }
    mailmote_stream_abort(stream_);
  }

  // Hooks.

  static void on_line(void* program, mailmote_phase_t, const std::uint8_t* line, std::size_t size, bool) {
    Program& own = *static_cast<Program*>(program);
    require(own.polling_, "that an observer is called by polls");
    own.offered_ = mailmote_parse_auth(line, size, own.offered_);
  }
  static void on_sent(void* program, mailmote_phase_t, const std::uint8_t* octets, std::size_t size, mailmote_sent_t) {
    require(static_cast<Program*>(program)->polling_, "that an observer is called by polls");
    char line[64];
    mailmote_escape(octets, size, line, sizeof line);
  }
  static void on_recipient(void* program, std::size_t index, const mailmote_reply_t* reply) {
    require(index < static_cast<Program*>(program)->count_, "a recipient that there is");
    require(reply->code >= 200 && reply->code < 600, "a code");
  }
  static constexpr mailmote_observer_ops_t kObserver = {on_line, on_sent, on_recipient};

  Feed& feed_;
  Wire wire_;
  std::deque<std::string> strings_;
  std::uint32_t now_ = 0xfffff000U;
  bool made_ = false;     ///< the client
  bool busy_ = false;     ///< an operation is under way
  bool of_mail_ = false;  ///< the last operation sent mail_, and its recipients are untouched
  bool polling_ = false;
  bool dsn_made_ = false;
  std::uint16_t offered_ = 0;

  mailmote_options_t options_;
  Place<mailmote_client_t> client_;
  std::unique_ptr<Room> rx_, tx_;
  Place<mailmote_custom_stream_t> tcp_;
  Place<mailmote_custom_tls_stream_t> tls_;
  Place<mailmote_proxy_stream_t> proxy_;
  mailmote_stream_t* stream_ = nullptr;
  Place<mailmote_observer_t> observer_;
  Place<mailmote_auto_security_t> plan_;
  Place<mailmote_auth_t> auth_;
  Place<mailmote_password_mechanism_t> passwords_{3};
  Place<mailmote_external_mechanism_t> external_;
  Place<mailmote_token_mechanism_t> tokens_{2};
  Place<mailmote_scram_mechanism_t> scram_;
  mailmote_mechanism_t* allowed_[7] = {};
  mailmote_message_t* mail_ = nullptr;
  std::size_t count_ = 0;  ///< of its recipients
  Place<mailmote_recipient_t> to_{kMost};
  Place<mailmote_memory_message_t> of_memory_;
  Place<mailmote_source_message_t> of_source_;
  Place<mailmote_raw_message_t> raw_;
  Place<mailmote_text_message_t> text_;
  Place<mailmote_mime_message_t> mime_;
  Place<mailmote_text_part_t> text_part_;
  Place<mailmote_part_t> parts_{4};
  Place<mailmote_header_t> headers_{2};
  Place<mailmote_custom_source_t> custom_{5};
  Place<mailmote_memory_source_t> memory_{5};
  Octets octets_[5];
  Place<mailmote_dsn_t> dsn_;
  Place<mailmote_recipient_dsn_t> wishes_{kMost};
};

}  // namespace
}  // namespace mailmote::test

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mailmote::test::Feed feed(data, size);
  mailmote::test::Program(feed).run();
  return 0;
}
