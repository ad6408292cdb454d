// Text that nobody else may read: a password, a token.
#ifndef MAILMOTE_CLI_SECRET_TEXT_HPP
#define MAILMOTE_CLI_SECRET_TEXT_HPP

#include <string.h>

#include <string_view>
#include <utility>
#include <vector>

namespace mailmote::cli {

/// It never leaves a copy behind: what is moved moves whole, and what is given up is wiped.
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string_view text) : octets_(text.begin(), text.end()) {}
  SecretText(SecretText&&) = default;
  SecretText& operator=(SecretText&& other) noexcept {
    octets_.swap(other.octets_);
    return *this;
  }
  ~SecretText() {
    if (!octets_.empty()) explicit_bzero(octets_.data(), octets_.size());
  }

  SecretText copy() const { return SecretText(view()); }

  std::string_view view() const { return {octets_.data(), octets_.size()}; }
  bool empty() const { return octets_.empty(); }

 private:
  std::vector<char> octets_;
};

}  // namespace mailmote::cli

#endif
