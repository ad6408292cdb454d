// A server's certificate as the report shows it.
#ifndef MAILMOTE_MBEDTLS_PEER_HPP
#define MAILMOTE_MBEDTLS_PEER_HPP

#include <mbedtls/x509_crt.h>

#include "mailmote/mbedtls/tls_stream.hpp"

namespace mailmote::mbedtls {

/// Writes the certificate's subject, names, dates and key digest to `peer`, whose texts stand in `text`.
void describe(const mbedtls_x509_crt& certificate, PeerCertificate& peer, TlsStream::PeerText& text);

/// The moment as UnixTime: the nearest one that it can say.
UnixTime unix_time(const mbedtls_x509_time& time);

}  // namespace mailmote::mbedtls

#endif
