#include "options.hpp"

namespace mailmote::mbedtls {
namespace {

bool are_versions_right(const TlsOptions& options) {
  return options.max == TlsVersion::none || options.min <= options.max;
}

bool is_fragment_right(std::uint16_t octets) {
  return octets == 0 || octets == 512 || octets == 1024 || octets == 2048 || octets == 4096;
}

bool are_checks_right(const TlsOptions& options) {
  constexpr std::uint8_t kMaxPins = 2;
  if (options.pin_count > kMaxPins || (options.pin_count != 0 && options.pins == nullptr)) return false;
  return options.insecure || options.pin_count != 0 || (options.check_host && options.check_time);
}

bool has_trust(const TlsOptions& options) {
  return options.ca.size != 0 || options.ca_file != nullptr || options.ca_dir != nullptr || options.pin_count != 0;
}

}  // namespace

Status check(const TlsOptions& options) {
  if (!are_versions_right(options) || !is_fragment_right(options.max_fragment) || !are_checks_right(options)) {
    return Status::tls_invalid_options;
  }
  if ((options.certificate.size == 0) != (options.private_key.size == 0)) return Status::tls_invalid_key;
  if (!options.insecure && !has_trust(options)) return Status::tls_no_trust;
  return options.random.fill == nullptr ? Status::no_random_source : Status::ok;
}

Status choose(const TlsOptions& options, TlsVersion lowest, TlsVersion highest, VersionRange& chosen) {
  chosen.min = options.min > lowest ? options.min : lowest;
  chosen.max = options.max == TlsVersion::none ? highest : options.max;
  if (chosen.max > highest && options.allow_downgrade) {
    chosen.max = highest;
    chosen.downgraded = true;
  }
  return chosen.max > highest || chosen.min > chosen.max ? Status::tls_version_unavailable : Status::ok;
}

}  // namespace mailmote::mbedtls
