// Which configuration counts, and its way into the options of the command line.
#ifndef MAILMOTE_CLI_CONFIGURATION_HPP
#define MAILMOTE_CLI_CONFIGURATION_HPP

#include <string>
#include <vector>

#include "login_arguments.hpp"
#include "settings.hpp"

namespace CLI {
class App;
}

namespace mailmote::cli {

/// The values of the options as they were given.
struct ConfigurationWords {
  std::string file, account, format = "ini";
};

void add_configuration(CLI::App& command, ConfigurationWords& words);

/// All accounts: of the file that was named, else of the user's and then of the system's. Every key is known. Throws
/// Failure.
std::vector<Account> read_accounts(const ConfigurationWords& words);

/// Gives the options of `command` that the command line does not give what the account says: the one that was named, or
/// "default" where no server was. Throws Failure.
void configure(CLI::App& command, const ConfigurationWords& words, LoginArguments& login);

/// What `configure` does with the settings of one account.
void apply(CLI::App& command, const std::vector<Setting>& settings, LoginArguments& login);

}  // namespace mailmote::cli

#endif
