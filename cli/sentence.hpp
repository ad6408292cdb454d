// One sentence that says what happened, in the words of the command line.
#ifndef MAILMOTE_CLI_SENTENCE_HPP
#define MAILMOTE_CLI_SENTENCE_HPP

#include <string>

#include "arguments.hpp"
#include "login.hpp"
#include "mailmote/message.hpp"
#include "mailmote/options.hpp"
#include "report.hpp"

namespace mailmote::cli {

/// What a sentence may speak of.
struct Circumstances {
  const Arguments& arguments;
  const Report& report;   ///< with all but the sentence
  const TlsReport* tls;   ///< null in a program without TLS
  Text tls_host;          ///< whom it is with: the server or its proxy
  Text proxy;             ///< its host; empty: none
  const Login& login;
};

std::string sentence_for_mail(const Circumstances& about, const Error& error, const Options& options,
                              Message& message);

/// Of something that has no message.
std::string sentence_for_question(const Circumstances& about, const Error& error);

}  // namespace mailmote::cli

#endif
