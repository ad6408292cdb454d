#include "discovery.hpp"

#include "mailmote/posix/discovery.hpp"

namespace mailmote::cli {
namespace {

std::string url_of(const Discovered& found) {
  const std::string scheme = found.security == Security::implicit ? "smtps://" : "smtp://";
  return scheme + found.host + ":" + std::to_string(found.port);
}

std::string sentence_for(const Discovered& found, const std::string& domain, bool declined) {
  if (found.status == Status::invalid_host) return "--discover: give a mail address or its domain";
  if (found.status == Status::name_not_found && declined) return domain + " says that it has no mail submission";
  if (found.status == Status::name_not_found) return domain + " names no server for mail submission";
  if (found.status != Status::ok) return "the name server did not say what server " + domain + " has: try later";
  if (found.domain.empty()) return domain + " names " + url_of(found);
  const std::string security = found.security == Security::starttls ? " --security starttls" : "";
  return domain + " names " + url_of(found) + ", which is outside of " + domain +
         " and could be anybody's, so that it must have a certificate for " + domain +
         ", unless you name it yourself: --server " + url_of(found) + security;
}

}  // namespace

Discovered discover(const std::string& address, const posix::TcpOptions& options) {
  posix::Discovery discovery(&options);
  Discovered found;
  found.status = discovery.start(Text(address));
  if (found.status == Status::ok) found.status = posix::run(discovery);
  if (found.status == Status::ok) {
    const posix::SubmissionServer& first = discovery[0];
    found.host = first.host;
    found.port = first.port;
    found.security = first.security;
    if (first.outside) found.domain = discovery.domain();
  }
  found.sentence = sentence_for(found, std::string(discovery.domain()), discovery.declined());
  return found;
}

}  // namespace mailmote::cli
