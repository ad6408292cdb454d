// The configuration files of the program, in each format: read, or refused by a sentence.
#include "cli/failure.hpp"
#include "cli/settings_file.hpp"
#include "fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailmote;
  using namespace mailmote::test;
  Feed feed(data, size);
  const unsigned format = feed.pick(3);
  std::string content = feed.rest();
  const MutableBytes bytes = {reinterpret_cast<std::uint8_t*>(content.data()), content.size()};
  try {
    switch (format) {
      case 0: cli::read_ini("settings", bytes); break;
      case 1: cli::read_msmtprc("settings", bytes); break;
      default: cli::read_dotnet("settings", bytes); break;
    }
  } catch (const cli::Failure& failure) {
    require(!std::string(failure.what()).empty(), "a sentence");
  }
  return 0;
}
