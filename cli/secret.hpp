// Octets that nobody else may read: a key, a TLS session.
#ifndef MAILMOTE_CLI_SECRET_HPP
#define MAILMOTE_CLI_SECRET_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "content.hpp"
#include "mailmote/bytes.hpp"

namespace mailmote::cli {

/// A buffer of a fixed size that never moves, and is wiped at the end.
class Secret {
 public:
  explicit Secret(std::size_t size) : octets_(size) {}
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  MutableBytes bytes() { return {octets_.data(), octets_.size()}; }

  /// Reads a file ("-": standard input) into it. Returns the number of octets; 0: why not is in `problem`.
  std::size_t read(const std::string& path, std::string& problem);
  std::size_t read(const File& file, std::string& problem);

 private:
  std::vector<std::uint8_t> octets_;
};

/// Replaces the file by another one that only its owner can read, whole or not at all. Returns why it could not; empty:
/// it did.
std::string replace_file(const std::string& path, ByteView octets);

}  // namespace mailmote::cli

#endif
