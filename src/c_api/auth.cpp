#include "mailmote/auth.hpp"

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_auth_t, Authenticator>);

mailmote_auth_t* mailmote_auth_init(mailmote_auth_t* memory, mailmote_mechanism_t* const* allowed, size_t count,
                                    mailmote_random_t random) {
  auto* const auth = new (memory)
      Authenticator(reinterpret_cast<SaslMechanism* const*>(allowed), allowed == nullptr ? 0 : count);
  auth->random = {random.fill, random.context};
  return memory;
}

uint16_t mailmote_auth_allowed(const mailmote_auth_t* auth) { return object_in<Authenticator>(auth).allowed().bits; }

uint16_t mailmote_auth_offered(const mailmote_auth_t* auth) { return object_in<Authenticator>(auth).offered().bits; }

const char* mailmote_auth_used(const mailmote_auth_t* auth) {
  const SaslMechanism* const used = object_in<Authenticator>(auth).used();
  return used == nullptr ? "" : used->name().data();
}
