#include "tls_support/tls_server.hpp"

#include <mbedtls/version.h>

#include <algorithm>
#include <stdexcept>

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#endif

namespace mailmote::tls_support {
namespace {

void must(int result) {
  if (result != 0) throw std::runtime_error("Mbed TLS server: -" + std::to_string(-result));
}

void parse(mbedtls_x509_crt& list, const std::string& der) {
  must(mbedtls_x509_crt_parse_der(&list, view(der).data, der.size()));
}

#if MBEDTLS_VERSION_NUMBER >= 0x03000000

void begin_crypto() { must(psa_crypto_init()); }

void parse_key(mbedtls_pk_context& key, const std::string& der) {
  must(mbedtls_pk_parse_key(&key, view(der).data, der.size(), nullptr, 0, random_octets, nullptr));
}

void set_versions(mbedtls_ssl_config& config, TlsVersion min, TlsVersion max) {
  const auto number = [](TlsVersion version) {
    return version == TlsVersion::tls1_3 ? MBEDTLS_SSL_VERSION_TLS1_3 : MBEDTLS_SSL_VERSION_TLS1_2;
  };
  if (min != TlsVersion::none) mbedtls_ssl_conf_min_tls_version(&config, number(min));
  if (max != TlsVersion::none) mbedtls_ssl_conf_max_tls_version(&config, number(max));
}

#else

void begin_crypto() {}

void parse_key(mbedtls_pk_context& key, const std::string& der) {
  must(mbedtls_pk_parse_key(&key, view(der).data, der.size(), nullptr, 0));
}

void set_versions(mbedtls_ssl_config&, TlsVersion, TlsVersion) {}

#endif

}  // namespace

bool has_tls13() {
#if MBEDTLS_VERSION_NUMBER >= 0x03000000 && defined(MBEDTLS_SSL_PROTO_TLS1_3)
  return true;
#else
  return false;
#endif
}

std::vector<TlsVersion> versions() {
  std::vector<TlsVersion> all = {TlsVersion::tls1_2};
  if (has_tls13()) all.push_back(TlsVersion::tls1_3);
  return all;
}

Tickets::Tickets() {
  begin_crypto();
  mbedtls_ssl_ticket_init(&context_);
  must(mbedtls_ssl_ticket_setup(&context_, random_octets, nullptr, MBEDTLS_CIPHER_AES_256_GCM, 86400));
}

Tickets::~Tickets() { mbedtls_ssl_ticket_free(&context_); }

TlsServer::TlsServer(const ServerOptions& options) {
  begin_crypto();
  mbedtls_ssl_init(&ssl_);
  mbedtls_ssl_config_init(&config_);
  mbedtls_x509_crt_init(&chain_);
  mbedtls_x509_crt_init(&clients_);
  mbedtls_pk_init(&key_);
  const Credential& who = options.who != nullptr ? *options.who : server();
  parse(chain_, who.certificate);
  for (const std::string& more : who.chain) parse(chain_, more);
  parse_key(key_, who.key);
  must(mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
                                   MBEDTLS_SSL_PRESET_DEFAULT));
  mbedtls_ssl_conf_rng(&config_, random_octets, nullptr);
  mbedtls_ssl_conf_sni(&config_, on_name, this);
  set_versions(config_, options.min, options.max);
  must(mbedtls_ssl_conf_own_cert(&config_, &chain_, &key_));
  if (options.cipher_suites != nullptr) mbedtls_ssl_conf_ciphersuites(&config_, options.cipher_suites);
  if (options.clients != nullptr) {
    parse(clients_, options.clients->certificate);
    mbedtls_ssl_conf_ca_chain(&config_, &clients_, nullptr);
    mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_REQUIRED);
  }
  if (options.tickets != nullptr) {
    mbedtls_ssl_conf_session_tickets_cb(&config_, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse,
                                        options.tickets->get());
  }
  must(mbedtls_ssl_setup(&ssl_, &config_));
  mbedtls_ssl_set_bio(&ssl_, this, put, take, nullptr);
}

TlsServer::~TlsServer() {
  mbedtls_ssl_free(&ssl_);
  mbedtls_ssl_config_free(&config_);
  mbedtls_x509_crt_free(&chain_);
  mbedtls_x509_crt_free(&clients_);
  mbedtls_pk_free(&key_);
}

int TlsServer::put(void* server, const unsigned char* octets, std::size_t size) {
  static_cast<TlsServer*>(server)->out.append(reinterpret_cast<const char*>(octets), size);
  return static_cast<int>(size);
}

int TlsServer::take(void* server, unsigned char* into, std::size_t size) {
  std::string& in = static_cast<TlsServer*>(server)->in;
  const std::size_t n = std::min(size, in.size());
  std::copy_n(in.begin(), n, into);
  in.erase(0, n);
  return n != 0 ? static_cast<int>(n) : MBEDTLS_ERR_SSL_WANT_READ;
}

int TlsServer::on_name(void* server, mbedtls_ssl_context*, const unsigned char* name, std::size_t size) {
  static_cast<TlsServer*>(server)->name.assign(reinterpret_cast<const char*>(name), size);
  static_cast<TlsServer*>(server)->has_name = true;
  return 0;
}

void TlsServer::run() {
  if (error != 0) return;
  if (!established) {
    int result = 0;
    do result = mbedtls_ssl_handshake(&ssl_);
    while (result == MBEDTLS_ERR_SSL_CRYPTO_IN_PROGRESS);
    established = result == 0;
    if (result != 0 && result != MBEDTLS_ERR_SSL_WANT_READ) error = result;
  }
  if (established && reads) hear();
}

void TlsServer::hear() {
  for (;;) {
    unsigned char buffer[4096];
    const int n = mbedtls_ssl_read(&ssl_, buffer, sizeof buffer);
    if (n == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) saw_goodbye = true;
    if (n <= 0 && n != MBEDTLS_ERR_SSL_WANT_READ && !saw_goodbye) error = n;
    if (n <= 0) return;
    received.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(n));
  }
}

void TlsServer::send(std::string& text, std::size_t room) {
  const std::size_t begin = out.size();
  while (error == 0 && established && !text.empty() && out.size() - begin < room) {
    const int n = mbedtls_ssl_write(&ssl_, view(text).data, std::min<std::size_t>(text.size(), 700));
    if (n <= 0) error = n;
    if (n > 0) text.erase(0, static_cast<std::size_t>(n));
  }
}

void TlsServer::send_alert(std::uint8_t alert) {
  static_cast<void>(mbedtls_ssl_send_alert_message(&ssl_, MBEDTLS_SSL_ALERT_LEVEL_FATAL, alert));
}

void TlsServer::send_close_notify() { static_cast<void>(mbedtls_ssl_close_notify(&ssl_)); }

}  // namespace mailmote::tls_support
