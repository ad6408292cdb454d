#include <idn2.h>

#include <memory>

#include "domain.hpp"
#include "failure.hpp"

namespace mailmote::cli {

std::string to_ascii(const std::string& domain, Status wrong) {
  char* form = nullptr;
  const int result = idn2_to_ascii_8z(domain.c_str(), &form, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, void (*)(void*)> owned(form, idn2_free);
  if (result == IDN2_OK) return form;
  throw Failure::of(wrong, "'" + domain + "' is no domain: " + idn2_strerror(result));
}

}  // namespace mailmote::cli
