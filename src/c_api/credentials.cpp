#include "c_api/objects.hpp"

using namespace mailmote;

mailmote_status_t mailmote_get_capabilities(mailmote_client_t* client) {
  Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_WINDOW_TOO_SMALL : to_c<mailmote_status_t>(own->get_capabilities());
}

mailmote_status_t mailmote_validate_credentials(mailmote_client_t* client) {
  Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_WINDOW_TOO_SMALL : to_c<mailmote_status_t>(own->validate_credentials());
}

mailmote_credential_check_t mailmote_credential_check(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_CREDENTIALS_COULD_NOT_TELL : to_c<mailmote_credential_check_t>(own->credentials());
}
