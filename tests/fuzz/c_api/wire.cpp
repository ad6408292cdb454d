#include "fuzz/c_api/wire.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <utility>

namespace mailmote::test {
namespace {

Wire& of(void* context) { return *static_cast<Wire*>(context); }

void set_loopback(void*, mailmote_ip_endpoint_t* end) {
  require(end->family == 0 && end->port == 0, "an empty end");
  end->family = 4;
  end->octets[0] = 127;
  end->octets[3] = 1;
}

constexpr const char* kOffers[] = {
    ("250-mail.example.com\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-BINARYMIME\r\n250-8BITMIME\r\n250-DSN\r\n"
     "250-STARTTLS\r\n250-AUTH PLAIN LOGIN CRAM-MD5 EXTERNAL XOAUTH2 OAUTHBEARER SCRAM-SHA-256\r\n250 SMTPUTF8\r\n"),
    "250 mail.example.com\r\n",
    "250-mail.example.com\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 LIMITS RCPTMAX=1\r\n",
    "250-mail.example.com\r\n250-SIZE 60\r\n250 AUTH SCRAM-SHA-256 XOAUTH2 LOGIN\r\n",
};

constexpr const char* kUnkind[] = {
    "450 4.2.0 later\r\n", "550 5.1.1 no\r\n", "421 bye\r\n", "250-half\r\n", "334 PDFAeD4=\r\n",
    "334 \r\n",            "999 what\r\n",     "x\r\n",       "452 4.5.3 many\r\n",
};

}  // namespace

const mailmote_stream_ops_t Wire::kOps = {
    [](void* context, const char* host, std::uint16_t) { return of(context).open(host); },
    [](void* context, std::uint32_t) { return of(context).progress(); },
    [](void* context, std::uint8_t* into, std::size_t size, std::size_t* n) { return of(context).read(into, size, n); },
    [](void* context, const std::uint8_t* from, std::size_t size, std::size_t* n) {
      return of(context).write(from, size, n);
    },
    [](void* context) { return of(context).close(); },
    [](void* context) { of(context).abort(); },
    [](void*) { return mailmote_interest_t{true, true, false, 500}; },
    set_loopback,
    set_loopback,
    [](void* context) { return of(context).status(); },
    [](void*) { return std::int32_t{-5}; },
};

const mailmote_tls_ops_t Wire::kTlsOps = {
    [](void* context) { return of(context).start_tls(); },
    [](void* context, mailmote_tls_report_t* report) { of(context).report(*report); },
};

mailmote_io_t Wire::fail(mailmote_status_t status) {
  connection_.status = status;
  return MAILMOTE_IO_ERROR;
}

mailmote_io_t Wire::open(const char* host) {
  require(connection_.state == State::closed, "that a closed stream is opened");
  require(host != nullptr && *host != '\0' && std::strlen(host) < 254, "a host");
  connection_ = {};
  if (feed_.pick(8) == 7) return fail(MAILMOTE_NAME_NOT_FOUND);
  connection_.state = State::opening;
  return MAILMOTE_IO_WOULD_BLOCK;
}

mailmote_io_t Wire::progress() {
  require(connection_.state != State::closed, "that an open stream makes progress");
  const unsigned luck = feed_.pick(16);
  if (luck == 14) return MAILMOTE_IO_WOULD_BLOCK;
  if (luck == 15) return fail(MAILMOTE_UNREACHABLE);
  if (connection_.state == State::opening && proxy == ProxyKind::none && luck < 13) connection_.says = "220 ready\r\n";
  connection_.state = State::open;
  return MAILMOTE_IO_OK;
}

mailmote_io_t Wire::start_tls() {
  require(connection_.state == State::open && !connection_.established, "that an open stream is secured once");
  if (feed_.pick(8) == 7) return fail(MAILMOTE_TLS_UNTRUSTED);
  connection_.state = State::securing;
  connection_.established = true;
  return MAILMOTE_IO_WOULD_BLOCK;
}

mailmote_io_t Wire::read(std::uint8_t* into, std::size_t size, std::size_t* n) {
  require(connection_.state == State::open, "that an open stream is read");
  require(into != nullptr && size != 0 && *n == 0, "room to read into");
  std::string& says = connection_.says;
  if (says.empty() && connection_.at_end == MAILMOTE_IO_ERROR) return fail(MAILMOTE_CONNECTION_RESET);
  if (says.empty()) return connection_.at_end;
  *n = std::min(size, says.size());
  std::memcpy(into, says.data(), *n);
  says.erase(0, *n);
  return MAILMOTE_IO_OK;
}

mailmote_io_t Wire::write(const std::uint8_t* from, std::size_t size, std::size_t* n) {
  require(connection_.state == State::open, "that an open stream is written");
  require(from != nullptr && size != 0 && *n == 0, "octets to write");
  const unsigned luck = feed_.pick(16);
  if (luck == 15) return MAILMOTE_IO_WOULD_BLOCK;
  if (luck == 14) return connection_.at_end = MAILMOTE_IO_CLOSED;
  *n = luck == 13 ? 1 : size;
  connection_.heard.append(reinterpret_cast<const char*>(from), *n);
  if (proxy != ProxyKind::none && !connection_.through) answer_as_proxy();
  else answer();
  return MAILMOTE_IO_OK;
}

mailmote_io_t Wire::close() {
  require(connection_.state == State::open, "that an open stream is closed");
  if (feed_.pick(4) == 3) return MAILMOTE_IO_WOULD_BLOCK;
  connection_.state = State::closed;
  return MAILMOTE_IO_OK;
}

void Wire::report(mailmote_tls_report_t& report) const {
  require(report.version == MAILMOTE_TLS_NONE && report.subject.data == nullptr, "an empty report");
  report.answered = report.established = connection_.established;
  if (!connection_.established) return;
  report.version = MAILMOTE_TLS_1_3;
  report.subject = {"CN=\x1b]0;x\x07", 9};
  report.names = {"mail.example.com", 16};
}

// The login of SOCKS5 has an octet 1 in front, and a greeting is shorter than a request.
void Wire::answer_as_proxy() {
  std::string& heard = connection_.heard;
  if (proxy == ProxyKind::http && heard.find("\r\n\r\n") == std::string::npos) return;
  connection_.through = proxy != ProxyKind::socks5 || heard.size() >= 7;
  if (feed_.pick(8) == 7) connection_.says += feed_.text();
  else if (proxy == ProxyKind::socks4) connection_.says += std::string("\0\132\0\0\0\0\0\0", 8);
  else if (proxy == ProxyKind::http) connection_.says += "HTTP/1.1 200 yes\r\n\r\n";
  else if (heard[0] == 1) connection_.says += std::string("\1\0", 2);
  else if (!connection_.through) connection_.says += {'\5', heard.back()};
  else connection_.says += std::string("\5\0\0\1\0\0\0\0\0\0", 10);
  connection_.through = connection_.through && heard[0] != 1;
  heard.clear();
  if (connection_.through) connection_.says += "220 ready\r\n";
}

// What is left of a chunk, and whole lines.
void Wire::answer() {
  std::string& heard = connection_.heard;
  for (;;) {
    const std::size_t taken = std::min(connection_.chunk, heard.size());
    heard.erase(0, taken);
    connection_.chunk -= taken;
    if (connection_.chunk == 0 && std::exchange(connection_.in_chunk, false)) say("250 2.0.0 queued\r\n");
    const std::size_t end = heard.find('\n');
    if (connection_.chunk != 0 || end == std::string::npos) return;
    const std::string line = heard.substr(0, end + 1);
    heard.erase(0, end + 1);
    hear(line);
  }
}

void Wire::hear(const std::string& line) {
  if (connection_.in_content && line != ".\r\n") return;
  const bool content_ended = std::exchange(connection_.in_content, false);
  const std::string verb = content_ended ? "." : line.substr(0, 4);
  const std::size_t before = connection_.says.size();
  if (verb == "EHLO") return say(kOffers[feed_.pick(4)]);
  if (verb == "BDAT") {
    connection_.in_chunk = true;
    connection_.chunk = std::strtoul(line.c_str() + 5, nullptr, 10);
    return;
  }
  say(verb == "DATA"   ? "354 go on\r\n"
      : verb == "AUTH" ? "235 2.7.0 welcome\r\n"
      : verb == "STAR" ? "220 go on\r\n"
      : verb == "QUIT" ? "221 2.0.0 bye\r\n"
                       : "250 2.1.0 ok\r\n");
  connection_.in_content = verb == "DATA" && connection_.says.find("354", before) != std::string::npos;
}

void Wire::say(const char* reply) {
  constexpr unsigned kKind = 20;
  const unsigned luck = feed_.pick(32);
  if (luck < kKind) connection_.says += reply;
  else if (luck < kKind + std::size(kUnkind)) connection_.says += kUnkind[luck - kKind];
  else if (luck == 29) connection_.says += feed_.text();
  else connection_.at_end = luck == 30 ? MAILMOTE_IO_CLOSED : MAILMOTE_IO_ERROR;
}

}  // namespace mailmote::test
