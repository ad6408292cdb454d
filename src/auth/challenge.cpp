#include "mailmote/auth.hpp"
#include "wire/base64_decoder.hpp"

namespace mailmote {

// It stands in the session's own window, which is not constant.
bool SaslMechanism::decode(const Text& base64, ByteView& octets) {
  return decode_base64(base64, {reinterpret_cast<std::uint8_t*>(const_cast<char*>(base64.data())), base64.size()},
                       octets);
}

}  // namespace mailmote
