// A whole client against octets from outside: a server that says anything, over a network that breaks anywhere. Whatever
// happens, each operation ends, and its results are what the wire says.
#include <algorithm>
#include <cstring>
#include <utility>

#include "fuzz/fuzz.hpp"
#include "mailmote/client.hpp"
#include "mailmote/tls.hpp"
#include "support/judge.hpp"
#include "support/login.hpp"
#include "support/test_source.hpp"

namespace mailmote::test {
namespace {

constexpr char kPassword[] = "OpenSesame";
constexpr char kPasswordInBase64[] = "T3BlblNlc2FtZQ";

/// In the input kEscape and an octet is something that happens; everything else is said by the server. After a reply's
/// last line nothing arrives once, so that the client can say something.
class ScriptedStream final : public Stream {
 public:
  static constexpr char kEscape = '\x01';

  explicit ScriptedStream(Feed& script) : script_(script) {}

  WireWatch watch;
  Millis now = 0;
  std::string clear;  ///< what the client said outside TLS

  bool over() const { return script_.empty(); }

 private:
  IoStatus do_open(const Endpoint&) override {
    if (!fetch() || event_ == 'r') return fail(Status::connection_refused);
    open_ = true;
    secured_ = false;
    offered_ = 0;
    watch.connected();
    return IoStatus::ok;
  }
  IoStatus do_progress(Millis) override { return open_ ? IoStatus::ok : IoStatus::error; }
  IoStatus do_start_tls() override {
    fetch();
    report_ = TlsReport{};
    report_.answered = event_ != 'n';
    if (event_ == 'f' || event_ == 'n') return fail(Status::tls_handshake_failed);
    report_.established = secured_ = true;
    return IoStatus::ok;
  }
  const TlsReport* do_tls() const override { return &report_; }

  IoResult do_read(MutableBytes into) override {
    if (!open_) return IoStatus::error;
    if (offered_ != 0) return IoStatus::would_block;  // no server answers what has not arrived
    if (!fetch()) return end(event_ == 'c' ? IoStatus::closed : IoStatus::error);
    if (event_ == 'w' || std::exchange(pause_, false)) return IoStatus::would_block;
    const std::size_t n = std::min(into.size, said_.size());
    if (n == 0) return IoStatus::would_block;
    std::memcpy(into.data, said_.data(), n);
    watch.server(said_.substr(0, n));
    said_.erase(0, n);
    return {IoStatus::ok, n};
  }

  // What is offered counts as said, because a layer below may have put it into a record.
  IoResult do_write(ByteView from) override {
    if (!open_ || event_ == 'r') return IoStatus::error;
    const std::string_view octets(reinterpret_cast<const char*>(from.data), from.size);
    if (octets.size() > offered_) say(octets.substr(offered_));
    if (offered_ < octets.size()) offered_ = octets.size();
    if (event_ == 'b') {
      event_ = 0;
      return IoStatus::would_block;
    }
    const std::size_t n = event_ == 'o' ? 1 : from.size;
    offered_ -= n;
    return {IoStatus::ok, n};
  }

  void say(std::string_view octets) {
    watch.client(octets);
    if (!secured_) clear += octets;
  }

  IoStatus do_close() override {
    do_abort();
    return IoStatus::ok;
  }
  void do_abort() override {
    if (open_) watch.disconnected();
    open_ = false;
    said_.clear();
    offered_ = 0;
  }
  Interest do_wait() const override { return {true, false, true}; }
  IpEndpoint do_local() const override { return {}; }
  IpEndpoint do_remote() const override { return {}; }
  Status do_status() const override { return status_; }
  std::int32_t do_native() const override { return 0; }

  IoStatus fail(Status status) {
    status_ = status;
    return IoStatus::error;
  }

  IoResult end(IoStatus how) {
    status_ = how == IoStatus::closed ? Status::ok : Status::connection_reset;
    return how;
  }

  /// The next line, or the next event. False: the connection is over.
  bool fetch() {
    event_ = 0;
    if (!said_.empty()) return true;
    for (char c = kEscape; c != '\n' && !script_.empty();) {
      c = static_cast<char>(script_.octet());
      if (c == kEscape) return happen(static_cast<char>(script_.octet()));
      said_ += c;
    }
    pause_ = said_.size() > 3 && said_[3] != '-';
    if (said_.empty()) event_ = 'c';
    return !said_.empty();
  }

  bool happen(char what) {
    event_ = what;
    if (what == 't') now += script_.octet() * 1000U;
    return what != 'c' && what != 'r';
  }

  Feed& script_;
  std::string said_;
  TlsReport report_;
  std::size_t offered_ = 0;  ///< octets that were offered and not taken yet
  char event_ = 0;
  bool open_ = false;
  bool secured_ = false;
  bool pause_ = false;
  Status status_ = Status::ok;
};

constexpr Security kSecurity[] = {Security::none, Security::starttls, Security::starttls_if_offered, Security::implicit,
                                  Security::automatic};

class Play {
 public:
  explicit Play(Feed& feed) : feed_(feed), stream_(feed) {}

  void run() {
    choose();
    const std::size_t rx = 256 + feed_.octet();
    const std::size_t tx = 64 + feed_.octet();
    Room rx_room(rx);
    Room tx_room(tx);
    Client client(stream_, options_, rx_room.bytes(), tx_room.bytes());
    for (unsigned number = 0; number < 3 && (number == 0 || !stream_.over()); ++number) operate(client);
    client.cancel();
  }

 private:
  void choose() {
    const unsigned bits = feed_.octet();
    options_.host = "smtp.example.com";
    options_.helo = "client.example.com";
    options_.timeouts = &kDeviceTimeouts;
    options_.security = kSecurity[feed_.pick(5)];
    options_.plan = &plan_;
    options_.allow_clear = (bits & 1U) != 0;
    options_.allow_cleartext_credentials = (bits & 2U) != 0;
    options_.pipelining = (bits & 4U) == 0;
    if ((bits & 8U) != 0) options_.chunking = &kChunking;
    if ((bits & 16U) != 0) options_.refused_recipient = RefusedRecipient::abort;
    if ((bits & 32U) != 0) options_.auth = &login_.authenticator();
  }

  void operate(Client& client) {
    const unsigned what = feed_.octet();
    if (what % 8 == 7) {
      if (client.get_capabilities() == Status::ok) poll(client);
      return;
    }
    TestSource source;
    source.octets = "Subject: x\r\n\r\n" + std::string(what / 8 * 20, '.') + "\r\n";
    source.length_known = (what & 1U) != 0;
    Recipient recipients[] = {"a@example.com", "b@example.com", "c@example.com"};
    Message message("pump@example.com", Recipients(recipients, 1 + what % 3), source);
    stream_.watch.begin_mail();
    if (client.start(message, (what & 2U) != 0 ? After::keep : After::quit) != Status::ok) return;
    poll(client);
    const std::string verdict = judge(client, message, stream_.watch);
    require(verdict.empty(), verdict);
  }

  void poll(Client& client) {
    Poll said = Poll::again;
    for (unsigned polls = 0; said != Poll::done; ++polls) {
      require(polls < 50000, "an end");
      said = client.poll(stream_.now);
      if (said == Poll::wait) stream_.now += std::min<Millis>(client.wait(stream_.now).timeout, 1000);
    }
    if (options_.allow_cleartext_credentials) return;
    require(stream_.clear.find(kPassword) == std::string::npos, "no password in clear");
    require(stream_.clear.find(kPasswordInBase64) == std::string::npos, "no password in clear");
  }

  static LoginSettings settings() {
    LoginSettings settings;
    settings.allowed = {"SCRAM-SHA-256", "CRAM-MD5", "LOGIN", "PLAIN"};
    settings.password = kPassword;
    settings.min_iterations = 1;
    return settings;
  }

  Feed& feed_;
  ScriptedStream stream_;
  Options options_;
  AutoSecurity plan_;
  Login login_{settings()};
};

}  // namespace
}  // namespace mailmote::test

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mailmote::test::Feed feed(data, size);
  mailmote::test::Play(feed).run();
  return 0;
}
