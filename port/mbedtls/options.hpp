// TlsOptions, checked.
#ifndef MAILMOTE_MBEDTLS_OPTIONS_HPP
#define MAILMOTE_MBEDTLS_OPTIONS_HPP

#include "mailmote/status.hpp"
#include "mailmote/tls.hpp"

namespace mailmote::mbedtls {

/// What can be said against the options without looking into certificates: tls_invalid_options, tls_no_trust,
/// tls_invalid_key, no_random_source.
Status check(const TlsOptions& options);

struct VersionRange {
  TlsVersion min = TlsVersion::none;
  TlsVersion max = TlsVersion::none;
  bool downgraded = false;
};

/// The versions to offer, of a library that has those from `lowest` to `highest`. tls_version_unavailable: it lacks
/// what the options ask for.
Status choose(const TlsOptions& options, TlsVersion lowest, TlsVersion highest, VersionRange& chosen);

}  // namespace mailmote::mbedtls

#endif
