// What the configuration files come to, for a person or as JSON.
#ifndef MAILMOTE_CLI_CONFIG_CHECK_HPP
#define MAILMOTE_CLI_CONFIG_CHECK_HPP

#include "arguments.hpp"
#include "exit_code.hpp"

namespace mailmote::cli {

/// Shows the account that was named, or all of them: each setting with its place, passwords hidden. Throws Failure
/// where one of them could not be used.
ExitCode check_configuration(const Arguments& arguments);

}  // namespace mailmote::cli

#endif
