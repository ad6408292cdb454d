#include "mailmote/text_message.hpp"
#include "wire/address.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

Status make_message_id(const RandomSource& random, Text domain, char* out, std::size_t size) {
  constexpr std::size_t kOctets = 16;
  std::uint8_t octets[kOctets];
  if (!is_name(domain, 200) || has_eight_bit(domain) || domain.find_first_of("<@>") != Text::npos) {
    return Status::invalid_header;
  }
  if (size < domain.size() + 2 * kOctets + 4) return Status::out_of_space;
  if (random.fill == nullptr || !random.fill(random.context, octets, kOctets)) return Status::no_random_source;
  Sink sink(reinterpret_cast<std::uint8_t*>(out), size - 1, 0);
  sink.put('<');
  for (const std::uint8_t octet : octets) {
    sink.put_number(octet >> 4U, 16);
    sink.put_number(octet & 15U, 16);
  }
  sink.put('@');
  sink.put(domain);
  sink.put('>');
  out[sink.written()] = '\0';
  return Status::ok;
}

}  // namespace mailmote
