// Addresses, headers and servers as people write them.
#ifndef MAILMOTE_CLI_MAILBOX_HPP
#define MAILMOTE_CLI_MAILBOX_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "mailmote/capabilities.hpp"

namespace mailmote::cli {

struct NamedAddress {
  std::string address;
  std::string name;
};

/// "a@example.com", "<a@example.com>", "Pump 3 <a@example.com>" or "\"Pump, third\" <a@example.com>". The library looks
/// at the address itself.
NamedAddress parse_mailbox(std::string_view text);

struct HeaderField {
  std::string name;
  std::string value;
};

/// "Name: value". Throws Failure.
HeaderField parse_header(std::string_view text);

struct Server {
  std::string host;
  std::uint16_t port = 0;  ///< 0: the standard one
  bool implicit_tls = false;
  std::string user;        ///< empty: not said
  AuthSet auth;            ///< empty: not said
};

/// "smtp://host", "smtps://user@host:port" (TLS from the first octet), "smtp://[::1]:port?auth=PLAIN". Throws Failure.
Server parse_server(std::string_view url);

}  // namespace mailmote::cli

#endif
