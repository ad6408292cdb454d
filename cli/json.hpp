// JSON that is valid whatever octets go in.
#ifndef MAILMOTE_CLI_JSON_HPP
#define MAILMOTE_CLI_JSON_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailmote::cli {

/// A JSON string: valid UTF-8 as it is, control characters as \u00NN, and an octet that is no UTF-8 as the text "\xNN".
std::string json_string(std::string_view octets);

/// A JSON array of strings.
std::string json_array(const std::vector<std::string>& strings);

/// An array of values that are JSON already.
std::string json_list(const std::vector<std::string>& values);

/// An object, member by member in the order of the calls.
class JsonObject {
 public:
  void add(std::string_view key, std::string_view text) { add_value(key, json_string(text)); }
  void add_number(std::string_view key, std::uint64_t number) { add_value(key, std::to_string(number)); }
  void add_null(std::string_view key) { add_value(key, "null"); }

  /// The text, or null where it is empty.
  void add_or_null(std::string_view key, std::string_view text);

  /// The number, or null where it is 0.
  void add_or_null(std::string_view key, std::uint64_t number);

  /// `value` is JSON already.
  void add_value(std::string_view key, std::string_view value);

  std::string text() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

}  // namespace mailmote::cli

#endif
