// What the compiler calls for arithmetic that the core has no instructions for, and that libgcc lacks here because the
// ESP8266 has it in its ROM.
#include <cstdint>

namespace {

template <class Number>
struct Division {
  Number quotient;
  Number remainder;
};

/// Bit by bit. Division by zero gives all ones.
template <class Number>
Division<Number> divide(Number dividend, Number divisor) {
  Division<Number> result = {0, 0};
  for (unsigned bit = sizeof(Number) * 8; bit-- != 0;) {
    const bool carry = result.remainder >> (sizeof(Number) * 8 - 1) != 0;
    result.remainder = result.remainder << 1 | (dividend >> bit & 1);
    result.quotient <<= 1;
    if (!carry && result.remainder < divisor) continue;
    result.remainder -= divisor;
    result.quotient |= 1;
  }
  return result;
}

template <class Number, class Signed>
Number magnitude(Signed value) {
  return value < 0 ? Number{0} - static_cast<Number>(value) : static_cast<Number>(value);
}

template <class Number, class Signed>
Signed quotient(Signed dividend, Signed divisor) {
  const Number found = divide(magnitude<Number>(dividend), magnitude<Number>(divisor)).quotient;
  return static_cast<Signed>((dividend < 0) != (divisor < 0) ? Number{0} - found : found);
}

template <class Number, class Signed>
Signed remainder(Signed dividend, Signed divisor) {
  const Number found = divide(magnitude<Number>(dividend), magnitude<Number>(divisor)).remainder;
  return static_cast<Signed>(dividend < 0 ? Number{0} - found : found);
}

}  // namespace

// NOLINTBEGIN: the names are libgcc's
extern "C" {
std::uint32_t __udivsi3(std::uint32_t a, std::uint32_t b);
std::uint32_t __umodsi3(std::uint32_t a, std::uint32_t b);
std::int32_t __divsi3(std::int32_t a, std::int32_t b);
std::int32_t __modsi3(std::int32_t a, std::int32_t b);
std::uint64_t __umulsidi3(std::uint32_t a, std::uint32_t b);
std::uint64_t __muldi3(std::uint64_t a, std::uint64_t b);
std::uint64_t __udivdi3(std::uint64_t a, std::uint64_t b);
std::uint64_t __umoddi3(std::uint64_t a, std::uint64_t b);
std::int64_t __divdi3(std::int64_t a, std::int64_t b);

std::uint32_t __udivsi3(std::uint32_t a, std::uint32_t b) { return divide(a, b).quotient; }
std::uint32_t __umodsi3(std::uint32_t a, std::uint32_t b) { return divide(a, b).remainder; }
std::int32_t __divsi3(std::int32_t a, std::int32_t b) { return quotient<std::uint32_t>(a, b); }
std::int32_t __modsi3(std::int32_t a, std::int32_t b) { return remainder<std::uint32_t>(a, b); }
std::uint64_t __udivdi3(std::uint64_t a, std::uint64_t b) { return divide(a, b).quotient; }
std::uint64_t __umoddi3(std::uint64_t a, std::uint64_t b) { return divide(a, b).remainder; }
std::int64_t __divdi3(std::int64_t a, std::int64_t b) { return quotient<std::uint64_t>(a, b); }

// In halves of 16 bits, which the core can multiply.
std::uint64_t __umulsidi3(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t a_high = a >> 16, a_low = a & 0xffff, b_high = b >> 16, b_low = b & 0xffff;
  const std::uint32_t low = a_low * b_low;
  const std::uint32_t first = a_high * b_low + (low >> 16);
  const std::uint32_t second = a_low * b_high + (first & 0xffff);
  const std::uint32_t high = a_high * b_high + (first >> 16) + (second >> 16);
  return static_cast<std::uint64_t>(high) << 32 | (second << 16 | (low & 0xffff));
}

std::uint64_t __muldi3(std::uint64_t a, std::uint64_t b) {
  const auto a_low = static_cast<std::uint32_t>(a), b_low = static_cast<std::uint32_t>(b);
  const auto a_high = static_cast<std::uint32_t>(a >> 32), b_high = static_cast<std::uint32_t>(b >> 32);
  const std::uint32_t across = a_high * b_low + a_low * b_high;
  return __umulsidi3(a_low, b_low) + (static_cast<std::uint64_t>(across) << 32);
}
}
// NOLINTEND
