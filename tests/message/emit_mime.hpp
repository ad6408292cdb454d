// Mails of several parts, for test_mime.py.
#ifndef MAILMOTE_TESTS_MESSAGE_EMIT_MIME_HPP
#define MAILMOTE_TESTS_MESSAGE_EMIT_MIME_HPP

#include <string>

#include "mailmote/mime.hpp"

namespace mailmote {

/// Writes what a name stands for.
class Directory {
 public:
  explicit Directory(std::string path) : path_(std::move(path)) {}

  void write(const std::string& name, const std::string& octets) const;

 private:
  std::string path_;
};

/// As JSON.
std::string hex(const std::string& octets);

/// `piece` n times.
std::string repeated(const std::string& piece, std::size_t n);

/// The content of `source` with its line ends repaired and its last line ended, as it goes out by BDAT.
std::string content_of(BodySource& source, const Offer& offer, std::size_t window);

/// Beside each flowed_N.eml stands flowed_N.txt, the text that it was made of; for test_flowed.py.
void emit_flowed(const Directory& directory);

/// Beside each mime_NAME.eml stands mime_NAME.json with its parts; their octets are in mime_NAME.0, mime_NAME.1 and so on.
void emit_mimes(const Directory& directory);

}  // namespace mailmote

#endif
