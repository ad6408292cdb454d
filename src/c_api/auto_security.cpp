#include "mailmote/security.hpp"

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_auto_security_t, AutoSecurity>);

mailmote_auto_security_t* mailmote_auto_security_init(mailmote_auto_security_t* memory) {
  new (memory) AutoSecurity;
  return memory;
}

size_t mailmote_auto_security_count(const mailmote_auto_security_t* plan) {
  return object_in<AutoSecurity>(plan).count();
}

mailmote_try_t mailmote_auto_security_try(const mailmote_auto_security_t* plan, size_t index) {
  const AutoSecurity& own = object_in<AutoSecurity>(plan);
  if (index >= own.count()) return {};
  return {to_c<mailmote_security_t>(own[index].security), own[index].port, to_c(own[index].error)};
}

uint8_t mailmote_auto_security_remembered(const mailmote_auto_security_t* plan) {
  return object_in<AutoSecurity>(plan).remembered();
}

void mailmote_auto_security_remember(mailmote_auto_security_t* plan, uint8_t octet) {
  object_in<AutoSecurity>(plan).remember(octet);
}
