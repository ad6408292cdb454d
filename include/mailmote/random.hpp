// Random octets are passed in: mailmote has no generator of its own.
#ifndef MAILMOTE_RANDOM_HPP
#define MAILMOTE_RANDOM_HPP

#include <cstddef>
#include <cstdint>

namespace mailmote {

/// A source of cryptographic random octets: fills `size` octets at `out`; false when it cannot.
struct RandomSource {
  bool (*fill)(void* context, std::uint8_t* out, std::size_t size) = nullptr;
  void* context = nullptr;
};

}  // namespace mailmote

#endif
