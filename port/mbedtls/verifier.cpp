#include "verifier.hpp"

#include <mbedtls/platform.h>

#include <cstring>

#include "peer.hpp"
#include "server_name.hpp"

namespace mailmote::mbedtls {
namespace {

constexpr std::uint32_t kDates = MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE;
constexpr std::uint32_t kName = MBEDTLS_X509_BADCERT_CN_MISMATCH;
constexpr std::uint32_t kPin = MBEDTLS_X509_BADCERT_OTHER;

// A signature for which memory lacked is a wrong one to Mbed TLS. Verifying one takes 5 to 8 KB.
bool is_memory_short() {
#if defined(MBEDTLS_PLATFORM_MEMORY)
  constexpr std::size_t kVerification = sizeof(void*) > 4 ? 8192 : 6144;
  void* const block = mbedtls_calloc(1, kVerification);
  mbedtls_free(block);
  return block == nullptr;
#else
  return false;
#endif
}

}  // namespace

void Verifier::begin(const TlsOptions& options, Text host, UnixTime now, bool has_trust, TlsReport& report,
                     TlsStream::PeerText& text) {
  options_ = &options;
  report_ = &report;
  text_ = &text;
  host_ = host;
  now_ = now;
  has_trust_ = has_trust;
  has_verdict_ = lacked_memory_ = false;
  valid_from_ = 0;
  valid_until_ = 0xffffffff;
  flags_ = 0;
}

// Mbed TLS has looked at dates by the system's clock, if it has one, and at names with the common name as a substitute:
// both are done again here by our rules.
int Verifier::on_certificate(void* verifier, mbedtls_x509_crt* certificate, int depth, std::uint32_t* flags) {
  Verifier& self = *static_cast<Verifier*>(verifier);
  std::uint32_t found = *flags & ~(kDates | kName);
  if (!self.has_trust_) found &= ~static_cast<std::uint32_t>(MBEDTLS_X509_BADCERT_NOT_TRUSTED);
  found |= self.look_at_dates(*certificate);
  self.flags_ |= found;
  if (depth == 0) found |= self.look_at_peer(*certificate);
  *flags = self.options_->insecure ? 0 : found;
  return 0;
}

std::uint32_t Verifier::look_at_dates(const mbedtls_x509_crt& certificate) {
  const UnixTime from = unix_time(certificate.valid_from);
  const UnixTime until = unix_time(certificate.valid_to);
  if (from > valid_from_) valid_from_ = from;
  if (until < valid_until_) valid_until_ = until;
  if (now_ == 0 || !options_->check_time) return 0;
  if (now_ > until) return MBEDTLS_X509_BADCERT_EXPIRED;
  return now_ < from ? MBEDTLS_X509_BADCERT_FUTURE : 0;
}

std::uint32_t Verifier::look_at_peer(const mbedtls_x509_crt& certificate) {
  describe(certificate, report_->peer, *text_);
  report_->valid_from = valid_from_;
  report_->valid_until = valid_until_;
  report_->chain_verified = has_trust_ && (flags_ & ~kDates) == 0;
  report_->time_checked = now_ != 0 && options_->check_time && (flags_ & kDates) == 0;
  report_->host_verified = names(certificate, host_);
  report_->pin_verified = is_pinned(report_->peer.spki);
  std::uint32_t found = 0;
  if (options_->check_host && !report_->host_verified) found |= kName;
  if (options_->pin_count != 0 && !report_->pin_verified) found |= kPin;
  flags_ |= found;
  has_verdict_ = true;
  lacked_memory_ = (flags_ & MBEDTLS_X509_BADCERT_NOT_TRUSTED) != 0 && is_memory_short();
  return found;
}

bool Verifier::is_pinned(const SpkiPin& spki) const {
  for (std::size_t i = 0; i < options_->pin_count; ++i) {
    if (std::memcmp(options_->pins[i].sha256, spki.sha256, sizeof spki.sha256) == 0) return true;
  }
  return false;
}

// The first of several reasons is the one that a person should see: who it is comes before when it was valid.
Status Verifier::verdict() const {
  if (options_->insecure || flags_ == 0) return Status::ok;
  if (lacked_memory_) return Status::tls_out_of_memory;
  if ((flags_ & MBEDTLS_X509_BADCERT_NOT_TRUSTED) != 0) return Status::tls_untrusted;
  if ((flags_ & kPin) != 0) return Status::tls_pin_mismatch;
  if ((flags_ & kName) != 0) return Status::tls_wrong_host;
  if ((flags_ & MBEDTLS_X509_BADCERT_EXPIRED) != 0) return Status::tls_certificate_expired;
  if ((flags_ & MBEDTLS_X509_BADCERT_FUTURE) != 0) return Status::tls_certificate_not_yet_valid;
  return Status::tls_bad_certificate;
}

}  // namespace mailmote::mbedtls
