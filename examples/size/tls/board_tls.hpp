// TLS by Mbed TLS over the board's stream, verified against a CA in flash.
#ifndef MAILMOTE_EXAMPLES_BOARD_TLS_HPP
#define MAILMOTE_EXAMPLES_BOARD_TLS_HPP

#include "mailmote/mbedtls/tls_stream.hpp"
#include "one_mail.hpp"

inline bool fill_random(void*, std::uint8_t* out, std::size_t size) { return board_random(out, size) == BOARD_OK; }
inline mailmote::UnixTime unix_time(void*) { return board_unix_time(); }

inline constexpr std::uint8_t kCa[] = {0x30};  // in a firmware: the CA's certificate in DER

constexpr mailmote::TlsOptions tls_options() {
  mailmote::TlsOptions options;
  options.ca = {kCa, sizeof kCa};
  options.clock.read = unix_time;
  options.random.fill = fill_random;
  return options;
}

inline constexpr mailmote::TlsOptions kTls = tls_options();
inline mailmote::mbedtls::TlsStream tls(stream, kTls);

#endif
