#include "settings_file.hpp"

namespace mailmote::cli {

std::vector<Account> read_dotnet(const std::string&, MutableBytes) {
  throw Failure::usage("--config-format dotnet: this program was built without pugixml, which reads it");
}

}  // namespace mailmote::cli
