// One sentence that says what happened, in the words of the command line.
#ifndef MAILMOTE_CLI_SENTENCE_HPP
#define MAILMOTE_CLI_SENTENCE_HPP

#include <string>

#include "mailmote/message.hpp"
#include "mailmote/options.hpp"

namespace mailmote::cli {

/// `server`: how to name it.
std::string sentence_for_mail(const std::string& server, const Error& error, const Options& options, Message& message);

/// Of something that has no message.
std::string sentence_for_error(const std::string& server, const Error& error);

}  // namespace mailmote::cli

#endif
