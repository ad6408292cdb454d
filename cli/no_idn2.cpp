#include "domain.hpp"
#include "failure.hpp"

namespace mailmote::cli {

std::string to_ascii(const std::string& domain, Status wrong) {
  throw Failure::of(wrong, "'" + domain + "' is not ASCII, and this program was built without libidn2, which converts "
                           "it: give it as xn--...");
}

}  // namespace mailmote::cli
