#include "c_api/objects.hpp"

namespace mailmote {
namespace {

Timeouts timeouts_of(const mailmote_timeouts_t& t) {
  return {t.connect, t.tls,        t.greeting, t.command, t.mail,     t.rcpt,
          t.data,    t.data_block, t.content,  t.source,  t.operation};
}

MutableBytes window(void* memory, std::size_t size) {
  return {static_cast<std::uint8_t*>(memory), memory == nullptr ? 0 : size};
}

// What a client says that was never made.
mailmote_status_t begun(Client* client, Status (Client::*begin)()) {
  return client == nullptr ? MAILMOTE_WINDOW_TOO_SMALL : to_c<mailmote_status_t>((client->*begin)());
}

}  // namespace

// Naming the classes does not link them: their objects do.
Options to_cpp(const mailmote_options_t& given, Timeouts& timeouts) {
  timeouts = timeouts_of(given.timeouts);
  Options options;
  options.host = to_text(given.host);
  options.port = given.port;
  options.security = static_cast<Security>(given.security);
  options.helo = to_text(given.helo);
  options.timeouts = &timeouts;
  options.greeting_timeout = given.greeting_timeout;
  options.plan = reinterpret_cast<AutoSecurity*>(given.plan);
  options.auth = reinterpret_cast<Authenticator*>(given.auth);
  options.allow_cleartext_credentials = given.allow_cleartext_credentials;
  options.allow_clear = given.allow_clear;
  options.pipelining = given.pipelining;
  options.refused_recipient = static_cast<RefusedRecipient>(given.refused_recipient);
  options.line_ends = static_cast<LineEnds>(given.line_ends);
  options.chunking = static_cast<const ChunkingFeature*>(given.chunking);
  options.clock = {given.clock, given.clock_context};
  options.observer = reinterpret_cast<Observer*>(given.observer);
  return options;
}

ClientObject::ClientObject(Stream& stream, const mailmote_options_t& given, MutableBytes rx, MutableBytes tx)
    : options(to_cpp(given, timeouts)), own(stream, options, rx, tx) {}

}  // namespace mailmote

using namespace mailmote;

mailmote_status_t mailmote_client_init(mailmote_client_t* client, size_t size, mailmote_stream_t* stream,
                                       const mailmote_options_t* options, void* rx, size_t rx_size, void* tx,
                                       size_t tx_size) {
  if (size < sizeof(ClientObject)) return MAILMOTE_OUT_OF_SPACE;
  if (stream == nullptr || options == nullptr) return MAILMOTE_NOTHING_TO_DO;
  new (client) ClientObject(stream_of(stream), *options, window(rx, rx_size), window(tx, tx_size));
  return MAILMOTE_OK;
}

mailmote_status_t mailmote_start(mailmote_client_t* client, mailmote_message_t* message, mailmote_after_t after) {
  Client* const own = client_of(client);
  if (own == nullptr) return MAILMOTE_WINDOW_TOO_SMALL;
  if (message == nullptr) return MAILMOTE_NO_RECIPIENTS;
  return to_c<mailmote_status_t>(own->start(message_of(message), static_cast<After>(after)));
}

mailmote_status_t mailmote_connect(mailmote_client_t* client) { return begun(client_of(client), &Client::connect); }

mailmote_status_t mailmote_noop(mailmote_client_t* client) { return begun(client_of(client), &Client::noop); }

mailmote_status_t mailmote_quit(mailmote_client_t* client) { return begun(client_of(client), &Client::quit); }

mailmote_poll_t mailmote_poll(mailmote_client_t* client, uint32_t now) {
  Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_POLL_IDLE : to_c<mailmote_poll_t>(own->poll(now));
}

mailmote_wait_t mailmote_wait(const mailmote_client_t* client, uint32_t now) {
  const Client* const own = client_of(client);
  const Wait wait = own == nullptr ? Wait{} : own->wait(now);
  return {wait.timeout, wait.want_read, wait.want_write};
}

void mailmote_cancel(mailmote_client_t* client) {
  Client* const own = client_of(client);
  if (own != nullptr) own->cancel();
}

mailmote_outcome_t mailmote_outcome(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_OUTCOME_NOT_SENT : to_c<mailmote_outcome_t>(own->outcome());
}

mailmote_error_t mailmote_error(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return to_c(own == nullptr ? Error{} : own->error());
}

mailmote_capabilities_t mailmote_capabilities(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  const Capabilities offered = own == nullptr ? Capabilities{} : own->capabilities();
  return {offered.flags, offered.rcpt_max, offered.rcpt_domain_max, offered.mail_max, offered.size_max};
}

bool mailmote_connected(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return own != nullptr && own->connected();
}

mailmote_security_t mailmote_security(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_SECURITY_NONE : to_c<mailmote_security_t>(own->security());
}

mailmote_phase_t mailmote_phase(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_PHASE_IDLE : to_c<mailmote_phase_t>(own->session().phase());
}

uint16_t mailmote_round_trips(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return own == nullptr ? std::uint16_t{0} : own->session().round_trips();
}
