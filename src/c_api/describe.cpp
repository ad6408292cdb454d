#include "c_api/objects.hpp"

using namespace mailmote;

const char* mailmote_describe(mailmote_error_t error, char* out, size_t size) {
  describe(to_cpp(error), out, size);
  return size == 0 ? "" : out;
}
