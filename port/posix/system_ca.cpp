#include "mailmote/posix/system_ca.hpp"

#include <unistd.h>

namespace mailmote::posix {

const char* system_ca_file() {
  constexpr const char* kPlaces[] = {
      "/etc/ssl/certs/ca-certificates.crt",  // Debian, Arch, Alpine
      "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora, Red Hat
      "/etc/ssl/ca-bundle.pem",              // SUSE
      "/etc/ssl/cert.pem",                   // OpenBSD, macOS, Alpine without its package of certificates
      "/usr/local/etc/ssl/cert.pem",         // FreeBSD
  };
  for (const char* const place : kPlaces) {
    if (access(place, R_OK) == 0) return place;
  }
  return nullptr;
}

}  // namespace mailmote::posix
