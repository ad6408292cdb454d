#include "support/login.hpp"

#include <stdexcept>

namespace mailmote::test {
namespace {

template <class Object>
ByteView octets_of(const Object& object) {
  return {reinterpret_cast<const std::uint8_t*>(&object), sizeof object};
}

std::vector<SaslMechanism*> chosen(const std::vector<std::string>& names, const std::vector<SaslMechanism*>& all) {
  std::vector<SaslMechanism*> list;
  for (const std::string& wanted : names) {
    for (SaslMechanism* const mechanism : all) {
      if (wanted == mechanism->name()) list.push_back(mechanism);
    }
  }
  if (list.size() != names.size()) throw std::runtime_error("unknown mechanism");
  return list;
}

}  // namespace

bool count_up(void*, std::uint8_t* out, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i);
  return true;
}

Login::Login(const LoginSettings& settings)
    : settings_(settings),
      credentials_{settings_.user, settings_.password, settings_.authorization},
      plain_(credentials_),
      login_(credentials_),
      cram_md5_(credentials_),
      external_(settings_.authorization),
      scram_sha_1_(kTestSha1, credentials_),
      scram_sha_256_(kTestSha256, credentials_),
      xoauth2_(settings_.user, {ask, this}),
      oauthbearer_(settings_.user, {ask, this}),
      allowed_(chosen(settings_.allowed, {&plain_, &login_, &cram_md5_, &external_, &scram_sha_1_, &scram_sha_256_,
                                          &xoauth2_, &oauthbearer_})),
      authenticator_(allowed_.data(), allowed_.size()) {
  scram_sha_1_.min_iterations = scram_sha_256_.min_iterations = settings_.min_iterations;
  authenticator_.random.fill = count_up;
}

TokenState Login::ask(void* self, Text& token) {
  Login& login = *static_cast<Login*>(self);
  const std::string& source = login.settings_.token_source;
  if (source == "fails") return TokenState::failed;
  if (source == "never" || (source == "late" && ++login.asked_ % 3 != 0)) return TokenState::not_yet;
  token = login.settings_.token;
  return TokenState::ready;
}

std::string Login::refusal() const {
  return std::string(xoauth2_.refusal().empty() ? oauthbearer_.refusal() : xoauth2_.refusal());
}

std::vector<ByteView> Login::memory() const {
  return {octets_of(plain_),    octets_of(login_),       octets_of(cram_md5_),
          octets_of(external_), octets_of(scram_sha_1_), octets_of(scram_sha_256_),
          octets_of(xoauth2_),  octets_of(oauthbearer_), octets_of(authenticator_)};
}

}  // namespace mailmote::test
