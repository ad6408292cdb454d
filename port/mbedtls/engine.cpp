#include "engine.hpp"

namespace mailmote::mbedtls {

void create(Engine& engine) {
  mbedtls_ssl_init(&engine.ssl);
  mbedtls_ssl_config_init(&engine.config);
  mbedtls_x509_crt_init(&engine.trusted);
  mbedtls_x509_crt_init(&engine.certificate);
  mbedtls_pk_init(&engine.key);
}

void destroy(Engine& engine) {
  mbedtls_ssl_free(&engine.ssl);
  mbedtls_ssl_config_free(&engine.config);
  mbedtls_x509_crt_free(&engine.trusted);
  mbedtls_x509_crt_free(&engine.certificate);
  mbedtls_pk_free(&engine.key);
}

int random_octets(void* engine, unsigned char* out, std::size_t size) {
  Engine& self = *static_cast<Engine*>(engine);
  if (self.random.fill(self.random.context, out, size)) return 0;
  self.no_random = true;
  return MBEDTLS_ERR_SSL_NO_RNG;
}

}  // namespace mailmote::mbedtls
