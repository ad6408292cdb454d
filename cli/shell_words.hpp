// A command as people write it, for running it without a shell.
#ifndef MAILMOTE_CLI_SHELL_WORDS_HPP
#define MAILMOTE_CLI_SHELL_WORDS_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailmote::cli {

/// Words with blanks between them. '...' keeps everything as it is, "..." everything but a backslash before " or
/// another backslash; elsewhere a backslash takes the meaning off the next character. There is nothing else: no
/// variables, no patterns, no redirection. Nothing: a quote is not closed, or there is no word.
std::optional<std::vector<std::string>> shell_words(std::string_view text);

}  // namespace mailmote::cli

#endif
