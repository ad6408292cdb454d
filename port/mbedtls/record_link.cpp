#include "record_link.hpp"

#include <mbedtls/ssl.h>

namespace mailmote::mbedtls {
namespace {

// A peer could feed one call for ever with records that carry nothing.
constexpr std::uint8_t kReadsPerCall = 8;

constexpr std::uint8_t kServerHello = 2;  // RFC 8446 section 4
constexpr std::uint8_t kMajorVersion = 3;

}  // namespace

void RecordLink::begin_call() {
  reads_left_ = kReadsPerCall;
  was_blocked_ = began_record_ = false;
}

// When the peer takes no more, Mbed TLS goes on as if it did: so the alert is read that tells why.
int RecordLink::send(void* link, const unsigned char* octets, std::size_t size) {
  RecordLink& self = *static_cast<RecordLink*>(link);
  if (self.unsent_ == 0 && octets[0] != MBEDTLS_SSL_MSG_CHANGE_CIPHER_SPEC) self.began_record_ = true;
  const IoResult result = self.write_end_ == IoStatus::ok ? self.inner_->write({octets, size}) : self.write_end_;
  switch (result.status) {
    case IoStatus::ok: self.unsent_ = size - result.n; return static_cast<int>(result.n);
    case IoStatus::would_block:
      self.unsent_ = size;
      self.was_blocked_ = true;
      return MBEDTLS_ERR_SSL_WANT_WRITE;
    case IoStatus::closed:
    case IoStatus::error: break;
  }
  self.write_end_ = result.status;
  self.unsent_ = 0;
  return static_cast<int>(size);
}

int RecordLink::receive(void* link, unsigned char* into, std::size_t size) {
  RecordLink& self = *static_cast<RecordLink*>(link);
  if (self.reads_left_ == 0) return MBEDTLS_ERR_SSL_WANT_READ;
  --self.reads_left_;
  const IoResult result = self.inner_->read({into, size});
  switch (result.status) {
    case IoStatus::ok: self.look_at(into, result.n); return static_cast<int>(result.n);
    case IoStatus::would_block: self.was_blocked_ = true; return MBEDTLS_ERR_SSL_WANT_READ;
    case IoStatus::closed: self.has_ended_ = true; return 0;
    case IoStatus::error: break;
  }
  return kBroken;
}

void RecordLink::look_at(const unsigned char* octets, std::size_t size) {
  for (std::size_t i = 0; i < size && first_size_ < sizeof first_; ++i) first_[first_size_++] = octets[i];
}

bool RecordLink::saw_server_hello() const {
  return first_size_ == sizeof first_ && first_[0] == MBEDTLS_SSL_MSG_HANDSHAKE && first_[1] == kMajorVersion &&
         first_[5] == kServerHello;
}

bool RecordLink::saw_plain_text() const {
  if (first_size_ == 0) return false;
  const bool is_record = first_[0] == MBEDTLS_SSL_MSG_HANDSHAKE || first_[0] == MBEDTLS_SSL_MSG_ALERT;
  return !is_record || (first_size_ > 1 && first_[1] != kMajorVersion);
}

}  // namespace mailmote::mbedtls
