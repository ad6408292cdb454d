#include "c_api/objects.hpp"

namespace mailmote {
namespace {

Timeouts timeouts_of(const mailmote_timeouts_t& t) {
  return {t.connect, t.tls,        t.greeting, t.command, t.mail,     t.rcpt,
          t.data,    t.data_block, t.content,  t.source,  t.operation};
}

Options options_of(const mailmote_options_t& given, const Timeouts& timeouts) {
  Options options;
  options.host = to_text(given.host);
  options.port = given.port;
  options.security = static_cast<Security>(given.security);
  options.helo = to_text(given.helo);
  options.timeouts = &timeouts;
  options.allow_clear = given.allow_clear;
  options.pipelining = given.pipelining;
  options.refused_recipient = static_cast<RefusedRecipient>(given.refused_recipient);
  options.line_ends = static_cast<LineEnds>(given.line_ends);
  options.chunking = static_cast<const ChunkingFeature*>(given.chunking);
  options.clock = {given.clock, given.clock_context};
  return options;
}

}  // namespace

ClientObject::ClientObject(Stream& stream, const mailmote_options_t& given, MutableBytes rx, MutableBytes tx)
    : timeouts(timeouts_of(given.timeouts)), options(options_of(given, timeouts)), client(stream, options, rx, tx) {}

}  // namespace mailmote

using namespace mailmote;

mailmote_status_t mailmote_client_init(mailmote_client_t* client, size_t size, mailmote_stream_t* stream,
                                       const mailmote_options_t* options, void* rx, size_t rx_size, void* tx,
                                       size_t tx_size) {
  if (size < sizeof(ClientObject)) return MAILMOTE_OUT_OF_SPACE;
  new (client) ClientObject(stream_of(stream), *options, {static_cast<std::uint8_t*>(rx), rx_size},
                            {static_cast<std::uint8_t*>(tx), tx_size});
  return MAILMOTE_OK;
}

mailmote_status_t mailmote_start(mailmote_client_t* client, mailmote_message_t* message, mailmote_after_t after) {
  return to_c<mailmote_status_t>(client_of(client).start(message_of(message), static_cast<After>(after)));
}

mailmote_status_t mailmote_connect(mailmote_client_t* client) {
  return to_c<mailmote_status_t>(client_of(client).connect());
}

mailmote_status_t mailmote_noop(mailmote_client_t* client) { return to_c<mailmote_status_t>(client_of(client).noop()); }

mailmote_status_t mailmote_quit(mailmote_client_t* client) { return to_c<mailmote_status_t>(client_of(client).quit()); }

mailmote_poll_t mailmote_poll(mailmote_client_t* client, uint32_t now) {
  return to_c<mailmote_poll_t>(client_of(client).poll(now));
}

mailmote_wait_t mailmote_wait(const mailmote_client_t* client, uint32_t now) {
  const Wait wait = client_of(client).wait(now);
  return {wait.timeout, wait.want_read, wait.want_write};
}

void mailmote_cancel(mailmote_client_t* client) { client_of(client).cancel(); }

mailmote_outcome_t mailmote_outcome(const mailmote_client_t* client) {
  return to_c<mailmote_outcome_t>(client_of(client).outcome());
}

mailmote_error_t mailmote_error(const mailmote_client_t* client) {
  const Error& error = client_of(client).error();
  return {to_c<mailmote_status_t>(error.status), to_c<mailmote_phase_t>(error.phase), error.smtp_code,
          to_c(error.enhanced), error.native};
}

mailmote_capabilities_t mailmote_capabilities(const mailmote_client_t* client) {
  const Capabilities& offered = client_of(client).capabilities();
  return {offered.flags, offered.rcpt_max, offered.rcpt_domain_max, offered.mail_max, offered.size_max};
}

bool mailmote_connected(const mailmote_client_t* client) { return client_of(client).connected(); }
