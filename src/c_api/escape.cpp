#include "c_api/objects.hpp"
#include "mailmote/observer.hpp"

using namespace mailmote;

const char* mailmote_escape(const void* octets, size_t count, char* out, size_t size) {
  escape(to_bytes(octets, count), out, size);
  return size == 0 ? "" : out;
}
