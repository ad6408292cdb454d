// What the emulator tells the program to do, in words such as "starttls tls=1.3 login". A product has this in flash.
#ifndef MAILMOTE_FIRMWARE_SETTINGS_HPP
#define MAILMOTE_FIRMWARE_SETTINGS_HPP

#include "mailmote/options.hpp"
#include "mailmote/tls.hpp"

struct Settings {
  mailmote::Security security = mailmote::Security::automatic;  ///< none, starttls, implicit; else automatic
  mailmote::TlsVersion tls = mailmote::TlsVersion::none;        ///< tls=1.2 or tls=1.3: only that one
  std::uint16_t port = 0;      ///< port=N: not the standard one
  bool proxy = false;          ///< proxy: through the SOCKS5 proxy beside the server
  bool login = false;          ///< login: with user and password
  std::uint32_t attempts = 1;  ///< attempts=N
  std::uint32_t rows = 60;     ///< rows=N: of the attachment
  std::uint32_t tick = 0;      ///< tick=N: wake up every N ms at the latest; 0: when there is something to do
};

Settings read_settings();

#endif
