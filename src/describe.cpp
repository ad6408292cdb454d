// Sentences for errors: what failed, where, and what to do. Linked when named.
#include "mailmote/status.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {
namespace {

struct Sentence {
  Status status;
  const char* text;
};

constexpr Sentence kSentences[] = {
    {Status::ok, "no error"},
    {Status::busy, "an operation is still under way: poll it until it is done, or cancel it"},
    {Status::window_too_small, "the windows are too small: give rx at least 128 and tx at least 64 octets"},
    {Status::timeout_out_of_range, "a timeout is 0 or above 2147483647 ms: choose one between"},
    {Status::no_host, "no server is named: set the host"},
    {Status::invalid_host, "the host name has a blank or control character or is longer than 253: correct it"},
    {Status::invalid_helo, "the EHLO name has a character other than visible ASCII: correct it or leave it empty"},
    {Status::invalid_sender, "the envelope sender is not a mail address: correct it"},
    {Status::invalid_recipient, "a recipient is not a mail address: correct it"},
    {Status::no_recipients, "the message has no recipient: name at least one"},
    {Status::invalid_header, "a header field holds a control character or is not well formed: correct it"},
    {Status::duplicate_header, "a header field that may stand once was given twice: leave one out"},
    {Status::clear_text_refused, "the connection is not encrypted: use TLS, or allow clear text by name"},
    {Status::no_tls_layer, "this security mode needs TLS and there is no TLS layer: add one or use security none"},
    {Status::no_random_source, "random octets are needed and there is no source: give one"},
    {Status::source_failed, "the message's content could not be read: look at its source"},
    {Status::source_length, "the content had another length than its source announced: the source must be corrected"},
    {Status::source_not_rewindable, "the content is needed again and its source cannot start again: send the rest anew"},
    {Status::bare_line_end, "the content has a CR or LF on its own: repair it, or allow the repair"},
    {Status::cancelled, "the operation was cancelled"},
    {Status::nothing_to_do, "there is no open connection to quit"},
    {Status::out_of_space, "the buffer for the result is too small: give a larger one"},
    {Status::no_security_plan, "this security mode needs a plan: give one, or choose starttls or implicit"},
    {Status::cleartext_credentials_refused, "credentials and no encryption: use TLS, or allow them in clear by name"},
    {Status::invalid_credentials, "user, password or token hold a character that cannot be sent: correct them"},
    {Status::token_failed, "the access token could not be had: look at its source"},
    {Status::invalid_proxy, "the proxy's host, user or password is empty, too long or cannot be sent: correct it"},
    {Status::invalid_dsn, "the reports that are asked for contradict themselves or cannot be sent: correct them"},
    {Status::name_not_found, "the server's name has no address: check its spelling and the name server"},
    {Status::name_lookup_failed, "the name server did not answer: check the network, try later"},
    {Status::connection_refused, "nothing listens at the server's address and port: check host and port"},
    {Status::unreachable, "there is no route to the server: check the network"},
    {Status::connection_closed, "the server closed the connection: try later"},
    {Status::connection_reset, "the connection broke: try later"},
    {Status::transport_error, "the network layer failed: see its own error number"},
    {Status::bind_failed, "the local address, port or interface to connect from cannot be used: choose another"},
    {Status::tls_handshake_failed, "TLS could not be set up: see the TLS library's own error number"},
    {Status::tls_alert, "the server ended TLS with an alert: see its name, check versions and certificates"},
    {Status::tls_version_unavailable, "this program's TLS library lacks the TLS version asked for: allow another one"},
    {Status::tls_version_refused, "the server turns TLS down at once: it may speak none of the allowed versions"},
    {Status::tls_certificate_expired, "the server's certificate has expired: it must be renewed; check the clock here"},
    {Status::tls_certificate_not_yet_valid, "the server's certificate is not valid yet: check the clock here"},
    {Status::tls_wrong_host, "the server's certificate was issued for another name: check the host name"},
    {Status::tls_untrusted, "no trusted certificate vouches for the server's: check the CA certificates"},
    {Status::tls_pin_mismatch, "the server's key is none of the pinned ones: check the pins, or beware of the server"},
    {Status::tls_bad_certificate, "the server's certificate is broken, revoked, too weak or for another use"},
    {Status::tls_clock_not_set, "the time of day is needed for certificates and not known: set the clock"},
    {Status::tls_no_trust, "nothing says whom to trust: give CA certificates or a pin"},
    {Status::tls_invalid_ca, "the CA certificates cannot be read: check the file or the octets"},
    {Status::tls_invalid_key, "the client's certificate or key cannot be read, or do not fit together: check them"},
    {Status::tls_client_certificate_refused, "the server wants a client certificate that it trusts: give one"},
    {Status::tls_out_of_memory, "the TLS library has too little memory: give it a larger arena or smaller buffers"},
    {Status::tls_plain_text, "the server speaks in clear where TLS was expected: use STARTTLS on this port"},
    {Status::tls_truncated, "the connection ended without the end that TLS demands: try later"},
    {Status::tls_broken_record, "octets arrived that do not belong to this TLS connection: somebody tampers with it"},
    {Status::tls_invalid_options, "the TLS options contradict each other: correct versions, pins or checks"},
    {Status::proxy_unreachable, "the proxy cannot be reached: check its host and port"},
    {Status::proxy_auth_required, "the proxy wants a login: give its user and password"},
    {Status::proxy_auth_rejected, "the proxy refuses the login: check its user and password"},
    {Status::proxy_refused, "the proxy does not allow this connection: ask who runs it"},
    {Status::proxy_host_unreachable, "the proxy cannot reach the server: check the server's host and port"},
    {Status::proxy_connection_refused, "the server refused the proxy's connection: check the server's host and port"},
    {Status::proxy_unsupported, "the proxy cannot do what is asked: use another kind of proxy"},
    {Status::proxy_failed, "the proxy failed: try later"},
    {Status::proxy_protocol, "the proxy said what its protocol does not know: check its kind and port"},
    {Status::proxy_closed, "the proxy closed the connection before it was through: check its kind and login"},
    {Status::malformed_reply, "the server sent a line that is no SMTP reply: check that the port speaks SMTP in clear"},
    {Status::reply_code_changed, "the server changed the code within one reply: it is broken, or lost the dialogue"},
    {Status::unexpected_reply, "the server's reply does not fit the command: it is broken, or lost the dialogue"},
    {Status::reply_without_command, "the server sent a reply that nothing had asked for: it is broken"},
    {Status::early_success, "the server accepted the message before its end was sent: not believed"},
    {Status::reply_too_long, "the server sent a reply of more than 64 KiB: it is broken"},
    {Status::starttls_injection, "octets in clear came behind the reply to STARTTLS: somebody tampers with it"},
    {Status::tls_before_greeting, "this port speaks TLS from the first octet: use implicit TLS"},
    {Status::malformed_challenge, "the server's part of the login makes no sense: allow another mechanism"},
    {Status::server_not_verified, "the server has not shown that it knows the password: beware of it"},
    {Status::iterations_refused, "the server asks for too few or too many SCRAM iterations: allow another mechanism"},
    {Status::greeting_rejected, "the server refuses service: try later or another server"},
    {Status::ehlo_rejected, "the server refuses to be greeted: check the EHLO name"},
    {Status::sender_rejected, "the server refuses the sender: check the address and whether a login is needed"},
    {Status::recipients_rejected, "the server refuses recipients: see each one's reply"},
    {Status::data_rejected, "the server refuses to take the message: see its reply"},
    {Status::content_rejected, "the server refuses the message after reading it: see its reply"},
    {Status::service_closing, "the server closes the connection: try later"},
    {Status::chunking_rejected, "the server refuses BDAT although it offers CHUNKING: switch chunking off"},
    {Status::message_too_big, "the message is larger than the server takes: make it smaller"},
    {Status::smtputf8_not_offered, "an address or header needs SMTPUTF8 and the server lacks it: use another server"},
    {Status::eight_bit_not_offered, "the content has 8-bit octets and the server lacks 8BITMIME: encode it"},
    {Status::command_rejected, "the server refuses a plain command: see its reply"},
    {Status::starttls_not_offered, "the server does not offer STARTTLS, or somebody removed it: try implicit TLS"},
    {Status::starttls_rejected, "the server refuses STARTTLS: see its reply"},
    {Status::auth_not_offered, "the server offers no login here: use TLS or another port, or no credentials"},
    {Status::no_common_mechanism, "the server offers none of the allowed login mechanisms: allow another one"},
    {Status::auth_rejected, "the server refuses the login: check user and password"},
    {Status::auth_mechanism_rejected, "the server refuses the login mechanisms that it offers: allow another one"},
    {Status::dsn_not_offered, "reports on delivery are required and the server lacks DSN: use another server"},
    {Status::binary_mime_not_offered, "a part is binary and the server, or this program, lacks BINARYMIME: encode it"},
    {Status::connect_timeout, "the server's address does not answer: check host, port and firewall"},
    {Status::greeting_timeout, "connected, but no greeting came: the port may expect TLS from the first byte"},
    {Status::reply_timeout, "the server did not answer in time: try later"},
    {Status::write_timeout, "the server took nothing more in time: try later"},
    {Status::source_timeout, "the content's source delivered nothing in time: look at it"},
    {Status::operation_timeout, "the operation took longer than allowed: try later or allow more time"},
    {Status::tls_timeout, "the TLS handshake took too long: try later, or allow it more time"},
    {Status::token_timeout, "the access token did not come in time: look at its source"},
    {Status::proxy_timeout, "the proxy did not answer in time: try later"},
    {Status::too_many_recipients, "more than 65535 recipients: send in parts"},
    {Status::challenge_too_long, "the server's challenge is too long: give a larger rx window"},
};
static_assert(sizeof kSentences / sizeof kSentences[0] == kStatusCount);

// What many sentences share stands in flash once. Where one begins like another, the longer one comes first.
constexpr const char* kShared[] = {"the server", " certificate", "connection", ": try later", ": correct ", " refuses ",
                                   ": check ",   "another ",     "the ",       " and ",       " not ",     " or ",
                                   " is "};

// The number, from 1, of what `text` begins with; 0: it begins with nothing that is shared.
constexpr std::size_t shared_at(const char* text) {
  for (std::size_t i = 0; i < sizeof kShared / sizeof kShared[0]; ++i) {
    const char* at = kShared[i];
    for (const char* same = text; *at != '\0' && *at == *same; ++same) ++at;
    if (*at == '\0') return i + 1;
  }
  return 0;
}

// All sentences as they stand in flash: the status, the sentence with numbers in place of what is shared, a NUL. Returns
// how many octets these are; writes them where there is room.
constexpr std::size_t pack(char* out, std::size_t room) {
  std::size_t size = 0;
  const auto put = [&](char c) {
    if (size < room) out[size] = c;
    ++size;
  };
  for (const Sentence& row : kSentences) {
    put(static_cast<char>(row.status));
    for (std::string_view rest = row.text; !rest.empty();) {
      const std::size_t shared = shared_at(rest.data());
      put(shared != 0 ? static_cast<char>(shared) : rest[0]);
      rest.remove_prefix(shared != 0 ? std::string_view(kShared[shared - 1]).size() : 1);
    }
    put('\0');
  }
  return size;
}

struct Packed {
  char octets[pack(nullptr, 0)];
};

constexpr Packed pack_all() {
  Packed all{};
  pack(all.octets, sizeof all.octets);
  return all;
}

constexpr Packed kPacked = pack_all();

const char* packed_sentence(Status status) {
  const char* at = kPacked.octets;
  for (std::size_t i = 0; i < kStatusCount; ++i) {
    if (*at++ == static_cast<char>(status)) return at;
    while (*at++ != '\0') {
    }
  }
  return "undefined status";
}

void put_packed(Sink& sink, const char* sentence) {
  for (; *sentence != '\0'; ++sentence) {
    if (*sentence < ' ') sink.put(Text(kShared[*sentence - 1]));
    else sink.put(*sentence);
  }
}

void put_enhanced(Sink& sink, const EnhancedCode& code) {
  if (code.status_class == 0) return;
  sink.put(' ');
  sink.put_decimal(code.status_class);
  sink.put('.');
  sink.put_decimal(code.subject);
  sink.put('.');
  sink.put_decimal(code.detail);
}

}  // namespace

Text describe(const Error& error, char* out, std::size_t size) {
  if (size == 0) return {};
  Sink sink(reinterpret_cast<std::uint8_t*>(out), size - 1, 0);
  if (error.phase != Phase::idle) {
    sink.put(name(error.phase));
    sink.put(": ");
  }
  put_packed(sink, packed_sentence(error.status));
  if (error.smtp_code != 0) {
    sink.put(" (");
    sink.put_decimal(error.smtp_code);
    put_enhanced(sink, error.enhanced);
    sink.put(')');
  }
  out[sink.written()] = '\0';
  return {std::string_view(out, sink.written())};
}

}  // namespace mailmote
