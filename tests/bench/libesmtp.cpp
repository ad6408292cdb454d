// libesmtp among the senders that tools/bench --peers compares. Its mails on one connection are messages of one
// session. It knows STARTTLS, and no TLS from the first octet. See job.hpp.
#include <openssl/ssl.h>

#include <auth-client.h>
#include <libesmtp.h>

#include "job.hpp"

namespace {

int answer(auth_client_request_t request, char** result, int fields, void* context) {
  auto* const job = static_cast<Job*>(context);
  for (int i = 0; i < fields; ++i) {
    const unsigned flags = request[i].flags;
    result[i] = (flags & AUTH_USER) != 0 ? job->user.data() : (flags & AUTH_PASS) != 0 ? job->password.data() : nullptr;
  }
  return 1;
}

auth_context_t log_in(smtp_session_t session, Job& job) {
  auth_context_t context = auth_create_context();
  auth_set_mechanism_flags(context, AUTH_PLUGIN_PLAIN, 0);
  auth_set_interact_cb(context, answer, &job);
  smtp_auth_set_context(session, context);
  return context;
}

void secure(smtp_session_t session, const Job& job) {
  SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_load_verify_file(context, job.ca_file.c_str());
  smtp_starttls_set_ctx(session, context);
  smtp_starttls_enable(session, Starttls_REQUIRED);
}

// The message goes with the session, and needs its text until then.
smtp_message_t add_mail(smtp_session_t session, const Job& job) {
  smtp_message_t message = smtp_add_message(session);
  smtp_set_reverse_path(message, kSender);
  for (const std::string& recipient : job.recipients) smtp_add_recipient(message, recipient.c_str());
  smtp_set_message_str(message, const_cast<char*>(kMail));
  return message;
}

bool send(Job& job, int mails) {
  smtp_session_t session = smtp_create_session();
  smtp_set_server(session, ("localhost:" + std::to_string(job.port)).c_str());
  smtp_set_hostname(session, kHelo);
  if (job.security == "starttls") secure(session, job);
  auth_context_t const context = job.user.empty() ? nullptr : log_in(session, job);
  std::vector<smtp_message_t> messages;
  for (int mail = 0; mail < mails; ++mail) messages.push_back(add_mail(session, job));
  bool good = smtp_start_session(session) != 0;
  char text[128];
  if (!good) std::fprintf(stderr, "%s\n", smtp_strerror(smtp_errno(), text, sizeof text));
  for (smtp_message_t message : messages) good = good && smtp_message_transfer_status(message)->code == 250;
  smtp_destroy_session(session);
  if (context != nullptr) auth_destroy_context(context);
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  Job job = job_of(argc, argv);
  auth_client_init();
  const int sessions = job.keep ? 1 : job.mails;
  for (int i = 0; i < sessions; ++i) {
    if (!send(job, job.mails / sessions)) return 69;
  }
  auth_client_exit();
}
