#include "auth/credentials.hpp"

namespace mailmote {

bool is_within(const Text& text, std::uint8_t from, std::uint8_t to) {
  for (const char c : text) {
    const auto octet = static_cast<std::uint8_t>(c);
    if (octet < from || octet > to) return false;
  }
  return true;
}

bool are_user_and_password(const Credentials& credentials) {
  return lacks_nul(credentials.user) && lacks_nul(credentials.password) && credentials.authorization.empty();
}

void write_sasl_name(Sink& out, const Text& name) {
  const char* begin = name.data();
  const char* const end = begin + name.size();
  for (const char* at = begin; at != end; ++at) {
    if (*at != '=' && *at != ',') continue;
    out.put(begin, static_cast<std::size_t>(at - begin));
    if (*at == '=') out.put("=3D");
    else out.put("=2C");
    begin = at + 1;
  }
  out.put(begin, static_cast<std::size_t>(end - begin));
}

void write_gs2_header(Sink& out, const Text& identity) {
  out.put("n,");
  if (!identity.empty()) {
    out.put("a=");
    write_sasl_name(out, identity);
  }
  out.put(',');
}

}  // namespace mailmote
