// Plays inputs from files and directories to a fuzz target, each whole and cut short at every octet.
#include <dirent.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz/fuzz.hpp"

namespace {

std::vector<std::string> files_of(const std::string& path) {
  std::vector<std::string> files;
  DIR* directory = opendir(path.c_str());
  if (directory == nullptr) return {path};
  for (const dirent* entry = readdir(directory); entry != nullptr; entry = readdir(directory)) {
    if (entry->d_name[0] != '.') files.push_back(path + "/" + entry->d_name);
  }
  closedir(directory);
  std::sort(files.begin(), files.end());
  return files;
}

/// In memory of its own size, so that a sanitizer sees a read behind the end.
void play(const std::string& input) {
  const std::vector<std::uint8_t> octets(input.begin(), input.end());
  LLVMFuzzerTestOneInput(octets.data(), octets.size());
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t played = 0;
  for (int i = 1; i < count; ++i) {
    for (const std::string& name : files_of(arguments[i])) {
      std::ifstream file(name, std::ios::binary);
      const std::string input((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
      if (!file) {
        std::fprintf(stderr, "%s cannot be read\n", name.c_str());
        return 1;
      }
      std::printf("%s\n", name.c_str());
      for (std::size_t n = 0; n <= input.size(); ++n) play(input.substr(0, n));
      ++played;
    }
  }
  std::printf("%zu inputs\n", played);
  return played == 0 ? 1 : 0;
}
