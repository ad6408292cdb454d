#include "json.hpp"

namespace mailmote::cli {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

std::size_t sequence_length(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool is_second(unsigned char first, unsigned char second) {
  const unsigned char least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned char most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most;
}

// The length of the UTF-8 sequence that `octets` begins with; 0: it begins with none.
std::size_t utf8_length(std::string_view octets) {
  const auto at = [octets](std::size_t i) { return static_cast<unsigned char>(octets[i]); };
  const std::size_t n = sequence_length(at(0));
  if (n < 2 || n > octets.size()) return n == 1 ? 1 : 0;
  if (!is_second(at(0), at(1))) return 0;
  for (std::size_t i = 2; i < n; ++i) {
    if ((at(i) & 0xc0U) != 0x80) return 0;
  }
  return n;
}

void put_octet(std::string& out, const char* prefix, unsigned char octet) {
  out += prefix;
  out += kDigits[octet >> 4U];
  out += kDigits[octet & 15U];
}

void put_character(std::string& out, std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  const bool is_c1 = first == 0xc2 && static_cast<unsigned char>(sequence[1]) < 0xa0;
  if (first < 0x20 || first == 0x7f) return put_octet(out, "\\u00", first);
  if (is_c1) return put_octet(out, "\\u00", static_cast<unsigned char>(sequence[1]));
  if (first == '"' || first == '\\') out += '\\';
  out += sequence;
}

}  // namespace

std::string json_string(std::string_view octets) {
  std::string out = "\"";
  while (!octets.empty()) {
    const std::size_t n = utf8_length(octets);
    if (n == 0) put_octet(out, "\\\\x", static_cast<unsigned char>(octets[0]));
    else put_character(out, octets.substr(0, n));
    octets.remove_prefix(n == 0 ? 1 : n);
  }
  return out + "\"";
}

std::string json_list(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ",") + value;
  return "[" + out + "]";
}

std::string json_array(const std::vector<std::string>& strings) {
  std::vector<std::string> values;
  for (const std::string& string : strings) values.push_back(json_string(string));
  return json_list(values);
}

void JsonObject::add_or_null(std::string_view key, std::string_view text) {
  add_value(key, text.empty() ? "null" : json_string(text));
}

void JsonObject::add_or_null(std::string_view key, std::uint64_t number) {
  add_value(key, number == 0 ? "null" : std::to_string(number));
}

void JsonObject::add_value(std::string_view key, std::string_view value) {
  if (!members_.empty()) members_ += ',';
  members_ += json_string(key);
  members_ += ':';
  members_ += value;
}

}  // namespace mailmote::cli
