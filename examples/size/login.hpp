// Options for a login without TLS, as in a network of one's own.
#ifndef MAILMOTE_EXAMPLES_LOGIN_HPP
#define MAILMOTE_EXAMPLES_LOGIN_HPP

#include "mailmote/auth.hpp"
#include "one_mail.hpp"

constexpr mailmote::Options options_with(mailmote::Authenticator& authenticator) {
  mailmote::Options options = options_in_clear();
  options.allow_cleartext_credentials = true;
  options.auth = &authenticator;
  return options;
}

#endif
