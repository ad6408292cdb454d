// mailmote among the senders that tools/bench --peers compares: the object that the README begins with. See job.hpp.
#include "mailmote/posix/mailer.hpp"

#include <cstdio>

#include "job.hpp"
#include "mailmote/text_message.hpp"

namespace {

using namespace mailmote;

Security security_of(const std::string& name) {
  if (name == "implicit") return Security::implicit;
  return name == "starttls" ? Security::starttls : Security::none;
}

}  // namespace

int main(int argc, char** argv) {
  const Job job = job_of(argc, argv);
  posix::Mailer mailer(kHost, {Text(job.user), Text(job.password)});
  mailer.options().port = job.port;
  mailer.options().helo = kHelo;
  mailer.options().security = security_of(job.security);
  mailer.options().allow_cleartext_credentials = true;
  mailer.tls().ca_file = job.ca_file.c_str();
  std::uint8_t saved[2048];
  TlsSession session;
  session.bytes = {saved, sizeof saved};
  mailer.tls().session = &session;

  std::vector<Recipient> recipients;
  for (const std::string& name : job.recipients) recipients.emplace_back(Text(name));
  MemorySource content(kMail);
  Message message(kSender, {recipients.data(), recipients.size()}, content);
  for (int mail = 0; mail < job.mails; ++mail) {
    const After after = job.keep && !job.is_last(mail) ? After::keep : After::quit;
    if (mailer.send(message, after) == Outcome::accepted) continue;
    return std::fprintf(stderr, "%s\n", mailer.describe().data()), 69;
  }
}
