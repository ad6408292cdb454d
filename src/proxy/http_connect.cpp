// CONNECT (RFC 9110 section 9.3.6) in HTTP/1.1 (RFC 9112), with Basic (RFC 7617).
#include "mailmote/proxy.hpp"
#include "wire/base64_writer.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kMaxAnswer = 8192;

// Of one answer: "HTTP/1.1 200" and an empty line.
constexpr std::size_t kStatusLine = 12;
constexpr std::size_t kShortest = kStatusLine + 4;

bool has_control(const Text& text) {
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7f) return true;
  }
  return false;
}

// What proxies really say: 401 for 407, and 502 to 504 for any failure to reach the server.
Status status_of(unsigned code, bool logged_in) {
  switch (code) {
    case 401:
    case 407: return logged_in ? Status::proxy_auth_rejected : Status::proxy_auth_required;
    case 405:
    case 501:
    case 505: return Status::proxy_unsupported;
    case 502:
    case 503:
    case 504: return Status::proxy_host_unreachable;
    default: break;
  }
  if (code < 200 || code >= 600) return Status::proxy_protocol;
  return code < 500 ? Status::proxy_refused : Status::proxy_failed;
}

void put_credentials(const void* options, Sink& out) {
  const auto& login = *static_cast<const ProxyOptions*>(options);
  out.put(login.user);
  out.put(':');
  out.put(login.password);
}

}  // namespace

Status HttpProxy::do_begin() {
  const ProxyOptions& options = this->options();
  if (holds(options.user, ':') || has_control(options.user) || has_control(options.password))
    return Status::invalid_proxy;
  begin_answer();
  say(kShortest);
  return Status::ok;
}

void HttpProxy::begin_answer() {
  at_ = matched_ = 0;
  code_ = 0;
  want(kShortest);
}

void HttpProxy::do_compose(Sink& out) const {
  out.put("CONNECT ");
  put_target(out);
  out.put(" HTTP/1.1\r\nHost: ");
  put_target(out);
  if (!options().user.empty()) {
    out.put("\r\nProxy-Authorization: Basic ");
    write_base64(out, put_credentials, &options());
  }
  out.put("\r\n\r\n");
}

void HttpProxy::put_target(Sink& out) const {
  const bool is_v6 = holds(target(), ':');
  if (is_v6) out.put('[');
  out.put(target());
  if (is_v6) out.put(']');
  out.put(':');
  out.put_decimal(port());
}

void HttpProxy::do_take(std::uint8_t octet) {
  if (taken() == kMaxAnswer) return fail(Status::proxy_protocol);
  const char c = static_cast<char>(octet);
  if (at_ < kStatusLine) return on_status_line(c);
  on_header(c);
}

void HttpProxy::on_status_line(char octet) {
  constexpr char kPattern[] = "HTTP/1.# ###";
  const char expected = kPattern[at_++];
  const bool is_digit = octet >= '0' && octet <= '9';
  if (expected == '#' ? !is_digit : octet != expected) return fail(Status::proxy_protocol);
  if (at_ > 9) code_ = static_cast<std::uint16_t>(code_ * 10 + (octet - '0'));
  if (at_ == kStatusLine) on_code();
}

// A no is final, whatever stands in its header; what may stand before an answer is any 1xx but a change of protocol.
void HttpProxy::on_code() {
  const bool goes_on = code_ >= 100 && code_ < 300 && code_ != 101;
  if (!goes_on) fail(status_of(code_, !options().user.empty()), code_);
}

// A line ends by CRLF only: behind a bare LF, what follows would be anybody's guess.
void HttpProxy::on_header(char octet) {
  if (at_ == kStatusLine && octet != ' ' && octet != '\r') return fail(Status::proxy_protocol);
  at_ = kStatusLine + 1;
  const bool ends_line = octet == '\n';
  if (ends_line != (matched_ % 2 == 1)) return fail(Status::proxy_protocol);
  matched_ = ends_line || octet == '\r' ? static_cast<std::uint8_t>(matched_ + 1) : std::uint8_t{0};
  want(4U - matched_);
  if (matched_ != 4) return;
  if (code_ >= 200) return open();
  begin_answer();
}

}  // namespace mailmote
