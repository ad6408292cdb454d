#include "mailmote/c/bridge.hpp"
#include "mailmote/posix/mailer.h"
#include "mailmote/posix/mailer.hpp"

namespace mailmote::posix {
namespace {

// As bridge.hpp asks for, it begins with a pointer to the client.
struct MailerObject {
  MailerObject(Text host, const Credentials& credentials) : mailer(host, credentials) { client = &mailer.client(); }

  Client* client = nullptr;
  Timeouts timeouts = kRfcTimeouts;
  Mailer mailer;
};
static_assert(can_hold<mailmote_posix_mailer_t, MailerObject>, "raise MAILMOTE_POSIX_MAILER_SIZE");

Mailer& mailer_in(mailmote_posix_mailer_t* memory) { return object_in<MailerObject>(memory).mailer; }

}  // namespace
}  // namespace mailmote::posix

using namespace mailmote;
using posix::mailer_in;

void mailmote_posix_mailer_init(mailmote_posix_mailer_t* memory, const char* host, const char* user,
                                const char* password) {
  new (memory) posix::MailerObject(to_text(host), {to_text(user), to_text(password), {}});
}

void mailmote_posix_mailer_set_options(mailmote_posix_mailer_t* mailer, const mailmote_options_t* options) {
  auto& object = object_in<posix::MailerObject>(mailer);
  Options& own = object.mailer.options();
  const Options before = own;
  own = to_cpp(*options, object.timeouts);
  if (options->host == nullptr) own.host = before.host;
  if (options->plan == nullptr) own.plan = before.plan;
  if (options->auth == nullptr) own.auth = before.auth;
  if (options->clock == nullptr) own.clock = before.clock;
  if (options->chunking == nullptr) own.chunking = before.chunking;
}

void mailmote_posix_mailer_set_tls(mailmote_posix_mailer_t* mailer, const mailmote_tls_options_t* options) {
  TlsOptions& own = mailer_in(mailer).tls();
  own = to_cpp(*options);
  if (options->clock == nullptr) own.clock = {posix::wall_clock, nullptr};
  if (options->random.fill == nullptr) own.random = {posix::random, nullptr};
}

mailmote_outcome_t mailmote_posix_mailer_send(mailmote_posix_mailer_t* mailer, mailmote_message_t* message,
                                              mailmote_after_t after) {
  if (message == nullptr) return MAILMOTE_OUTCOME_NOT_SENT;
  return to_c<mailmote_outcome_t>(mailer_in(mailer).send(message_of(message), static_cast<After>(after)));
}

mailmote_status_t mailmote_posix_mailer_start(mailmote_posix_mailer_t* mailer, mailmote_message_t* message,
                                              mailmote_after_t after) {
  if (message == nullptr) return MAILMOTE_NO_RECIPIENTS;
  return to_c<mailmote_status_t>(mailer_in(mailer).start(message_of(message), static_cast<After>(after)));
}

mailmote_poll_t mailmote_posix_mailer_poll(mailmote_posix_mailer_t* mailer) {
  return to_c<mailmote_poll_t>(mailer_in(mailer).poll());
}

void mailmote_posix_mailer_sleep(mailmote_posix_mailer_t* mailer) { mailer_in(mailer).sleep(); }

mailmote_outcome_t mailmote_posix_mailer_outcome(const mailmote_posix_mailer_t* mailer) {
  return to_c<mailmote_outcome_t>(object_in<posix::MailerObject>(mailer).mailer.outcome());
}

mailmote_error_t mailmote_posix_mailer_error(const mailmote_posix_mailer_t* mailer) {
  return to_c(object_in<posix::MailerObject>(mailer).mailer.error());
}

const char* mailmote_posix_mailer_describe(mailmote_posix_mailer_t* mailer) {
  return mailer_in(mailer).describe().data();
}

mailmote_client_t* mailmote_posix_mailer_client(mailmote_posix_mailer_t* mailer) {
  return reinterpret_cast<mailmote_client_t*>(mailer);
}

mailmote_tls_report_t mailmote_posix_mailer_tls_report(const mailmote_posix_mailer_t* mailer) {
  return to_c(object_in<posix::MailerObject>(mailer).mailer.tls_report());
}
