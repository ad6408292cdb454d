#include "mailmote/dsn.hpp"

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(is_same_array<mailmote_recipient_dsn_t, RecipientDsn> && can_hold<mailmote_dsn_t, Dsn>);

void mailmote_recipient_dsn_init(mailmote_recipient_dsn_t* wish, unsigned notify, const char* original_recipient) {
  new (wish) RecipientDsn{static_cast<Notify>(notify), to_text(original_recipient)};
}

void mailmote_dsn_init(mailmote_dsn_t* dsn, unsigned notify, mailmote_dsn_return_t ret, const char* envelope_id,
                       bool required) {
  auto* const made = new (dsn) Dsn;
  made->ret = static_cast<DsnReturn>(ret);
  made->notify = static_cast<Notify>(notify);
  made->required = required;
  made->envelope_id = to_text(envelope_id);
}

void mailmote_dsn_set_recipients(mailmote_dsn_t* dsn, const mailmote_recipient_dsn_t* wishes, size_t count) {
  object_in<Dsn>(dsn).set_recipients(reinterpret_cast<const RecipientDsn*>(wishes), wishes == nullptr ? 0 : count);
}

void mailmote_message_set_dsn(mailmote_message_t* message, mailmote_dsn_t* dsn) {
  message_of(message).dsn = reinterpret_cast<Dsn*>(dsn);
}

bool mailmote_dsn_asked(const mailmote_dsn_t* dsn) { return object_in<Dsn>(dsn).asked(); }
