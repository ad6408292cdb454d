#include "c_api/objects.hpp"

using namespace mailmote;

const char* mailmote_describe(mailmote_error_t error, char* out, size_t size) {
  Error same;
  same.status = static_cast<Status>(error.status);
  same.phase = static_cast<Phase>(error.phase);
  same.smtp_code = error.smtp_code;
  same.enhanced = {error.enhanced.status_class, error.enhanced.subject, error.enhanced.detail};
  same.native = error.native;
  describe(same, out, size);
  return size == 0 ? "" : out;
}
