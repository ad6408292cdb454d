#include "wire/wipe.hpp"

namespace mailmote {

void wipe(void* octets, std::size_t size) {
  auto* at = static_cast<volatile unsigned char*>(octets);
  while (size-- != 0) *at++ = 0;
}

}  // namespace mailmote
