// Configuration files: who may have written them, and how they are read.
#ifndef MAILMOTE_CLI_SETTINGS_FILE_HPP
#define MAILMOTE_CLI_SETTINGS_FILE_HPP

#include <string>
#include <vector>

#include "mailmote/bytes.hpp"
#include "settings.hpp"

namespace mailmote::cli {

enum class SettingsFormat { ini, msmtprc, dotnet };

/// Nothing is taken from a file that neither the user nor root owns, that others can change, or that holds a password
/// and that others can read; the group of a file that root owns does not count as others. Throws Failure.
std::vector<Account> read_settings(const std::string& path, SettingsFormat format);

/// The readers of the formats. They may write into the content.
std::vector<Account> read_ini(const std::string& path, MutableBytes content);
std::vector<Account> read_msmtprc(const std::string& path, MutableBytes content);
std::vector<Account> read_dotnet(const std::string& path, MutableBytes content);

}  // namespace mailmote::cli

#endif
