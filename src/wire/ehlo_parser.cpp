#include "wire/ehlo_parser.hpp"

#include "wire/words.hpp"

namespace mailmote {
namespace {

// In the order of Extension.
constexpr auto kKeywords = word_list(
    " SIZE PIPELINING 8BITMIME SMTPUTF8 CHUNKING BINARYMIME DSN ENHANCEDSTATUSCODES STARTTLS REQUIRETLS LIMITS AUTH");
constexpr auto kLimits = word_list(" RCPTMAX RCPTDOMAINMAX MAILMAX");

std::uint16_t saturated(std::uint32_t value) { return static_cast<std::uint16_t>(value > 0xffff ? 0xffff : value); }

void parse_size(Text parameters, Capabilities& capabilities) {
  std::uint32_t& most = capabilities.size_max;
  if (!parse_decimal(take_word(parameters), most) || most == 0xffffffff) most = 0;
}

void parse_limits(Text parameters, Capabilities& capabilities) {
  std::uint16_t* const limits[] = {&capabilities.rcpt_max, &capabilities.rcpt_domain_max, &capabilities.mail_max};
  while (!parameters.empty()) {
    Text limit = take_word(parameters);
    const int index = find_word(kLimits.octets, take_word(limit, '='));
    std::uint32_t value = 0;
    if (index >= 0 && parse_decimal(limit, value)) *limits[index] = saturated(value);
  }
}

}  // namespace

void parse_ehlo_line(Text line, Capabilities& capabilities) {
  const char* const end = line.data() + line.size();
  const Text keyword = take_word(line, '=');
  const char* const behind = keyword.data() + keyword.size();
  const bool assigned = behind != end && *behind == '=';
  const int index = find_word(kKeywords.octets, keyword);
  const auto extension = static_cast<Extension>(index);
  if (index < 0 || (assigned && extension != Extension::auth)) return;
  const bool repeated = capabilities.has(extension);
  capabilities.flags = static_cast<std::uint16_t>(capabilities.flags | (1U << static_cast<unsigned>(index)));
  if (extension == Extension::size) parse_size(line, capabilities);
  if (extension == Extension::limits && !repeated) parse_limits(line, capabilities);
}

}  // namespace mailmote
