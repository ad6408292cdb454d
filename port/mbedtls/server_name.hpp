// Whether a certificate names a server (RFC 9525).
#ifndef MAILMOTE_MBEDTLS_SERVER_NAME_HPP
#define MAILMOTE_MBEDTLS_SERVER_NAME_HPP

#include <mbedtls/x509_crt.h>

#include "mailmote/bytes.hpp"

namespace mailmote::mbedtls {

/// `host` is a DNS name or a numeric address; one of the certificate's alternative names must say the same. A DNS name
/// there may have "*" for its first label, which stands for exactly one label in front of at least two others.
bool names(const mbedtls_x509_crt& certificate, Text host);

/// An alternative name that is an address, or the text of one that is a DNS name; else empty.
bool is_address(const mbedtls_x509_buf& name);
Text dns_name(const mbedtls_x509_buf& name);

}  // namespace mailmote::mbedtls

#endif
