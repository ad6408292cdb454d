#include "mailmote/sources.hpp"

namespace mailmote {
namespace {

// Of the negative, which has no positive value for the lowest one, as of the others.
std::uint32_t magnitude(std::int32_t value) {
  const auto bits = static_cast<std::uint32_t>(value);
  return value < 0 ? 0U - bits : bits;
}

}  // namespace

void put_number(Sink& out, std::int32_t value) { put_fixed(out, value, 0); }

void put_fixed(Sink& out, std::int32_t value, unsigned decimals) {
  std::uint32_t unit = 1;
  for (unsigned i = 0; i < decimals; ++i) unit *= 10;
  std::uint32_t rest = magnitude(value) % unit;
  if (value < 0) out.put('-');
  out.put_decimal(magnitude(value) / unit);
  if (decimals == 0) return;
  out.put('.');
  for (unit /= 10; unit != 0; unit /= 10) {
    out.put(static_cast<char>('0' + rest / unit));
    rest %= unit;
  }
}

}  // namespace mailmote
