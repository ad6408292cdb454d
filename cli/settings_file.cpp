#include "settings_file.hpp"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "content.hpp"
#include "secret.hpp"

namespace mailmote::cli {
namespace {

constexpr std::size_t kMaxFile = 1048576;

std::vector<Account> read(const std::string& path, SettingsFormat format, MutableBytes content) {
  switch (format) {
    case SettingsFormat::ini: break;
    case SettingsFormat::msmtprc: return read_msmtprc(path, content);
    case SettingsFormat::dotnet: return read_dotnet(path, content);
  }
  return read_ini(path, content);
}

bool has_password(const std::vector<Account>& accounts) {
  return std::any_of(accounts.begin(), accounts.end(),
                     [](const Account& account) { return find(account, "password") != nullptr; });
}

}  // namespace

std::vector<Account> read_settings(const std::string& path, SettingsFormat format) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status;
  if (file.fd() < 0 || fstat(file.fd(), &status) != 0) {
    throw Failure::settings("cannot open " + path + ": " + strerror(errno));
  }
  if (status.st_uid != 0 && status.st_uid != geteuid()) {
    throw Failure::settings(path + " belongs to another user: it must be yours or root's");
  }
  const bool by_root = status.st_uid == 0;
  if ((status.st_mode & (by_root ? S_IWOTH : S_IWGRP | S_IWOTH)) != 0) {
    throw Failure::settings("others can change " + path + ": say chmod go-w");
  }
  Secret content(kMaxFile);
  std::string problem;
  const std::size_t size = content.read(file, problem);
  if (size == 0) throw Failure::settings("cannot read " + path + ": " + problem);
  std::vector<Account> accounts = read(path, format, {content.bytes().data, size});
  const bool others_read = (status.st_mode & (by_root ? S_IROTH : S_IRGRP | S_IROTH)) != 0;
  if (others_read && has_password(accounts)) {
    throw Failure::settings("others can read " + path + ", which holds a password: say chmod 600");
  }
  return accounts;
}

}  // namespace mailmote::cli
