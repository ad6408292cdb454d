#include "tls_support/certificates.hpp"

#include <mbedtls/base64.h>
#include <mbedtls/ecp.h>
#include <mbedtls/md.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>

#include <random>
#include <stdexcept>

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#endif

namespace mailmote::tls_support {
namespace {

void must(int result) {
  if (result < 0) throw std::runtime_error("Mbed TLS: -" + std::to_string(-result));
}

class Key {
 public:
  Key() {
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    must(psa_crypto_init());
#endif
    mbedtls_pk_init(&key_);
  }
  ~Key() { mbedtls_pk_free(&key_); }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;

  void make(Algorithm algorithm) {
    const bool is_ec = algorithm == Algorithm::ec;
    must(mbedtls_pk_setup(&key_, mbedtls_pk_info_from_type(is_ec ? MBEDTLS_PK_ECKEY : MBEDTLS_PK_RSA)));
    must(is_ec ? mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(key_), random_octets, nullptr)
               : mbedtls_rsa_gen_key(mbedtls_pk_rsa(key_), random_octets, nullptr, 2048, 65537));
  }
  void read(const std::string& der) {
    const ByteView octets = view(der);
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    must(mbedtls_pk_parse_key(&key_, octets.data, octets.size, nullptr, 0, random_octets, nullptr));
#else
    must(mbedtls_pk_parse_key(&key_, octets.data, octets.size, nullptr, 0));
#endif
  }
  std::string der() { return take(&mbedtls_pk_write_key_der); }
  std::string public_der() { return take(&mbedtls_pk_write_pubkey_der); }
  mbedtls_pk_context* get() { return &key_; }

 private:
  // Mbed TLS writes to the end of the buffer.
  template <class Write>
  std::string take(Write write) {
    unsigned char buffer[4096];
    const int size = write(&key_, buffer, sizeof buffer);
    must(size);
    return {reinterpret_cast<const char*>(buffer) + sizeof buffer - size, static_cast<std::size_t>(size)};
  }

  mbedtls_pk_context key_;
};

// DER.

std::string item(unsigned char tag, const std::string& value) {
  std::string out(1, static_cast<char>(tag));
  if (value.size() > 127) out += '\x82', out += static_cast<char>(value.size() >> 8);
  return out + static_cast<char>(value.size() & 0xff) + value;
}

void add_extension(mbedtls_x509write_cert& writer, const char* oid, std::size_t size, const std::string& value) {
  const ByteView octets = view(value);
  must(mbedtls_x509write_crt_set_extension(&writer, oid, size, 0, octets.data, octets.size));
}

void add_names(mbedtls_x509write_cert& writer, const Request& request) {
  std::string names;
  for (const std::string& name : request.dns) names += item(0x82, name);
  for (const std::string& address : request.addresses) names += item(0x87, address);
  if (names.empty()) return;
  add_extension(writer, MBEDTLS_OID_SUBJECT_ALT_NAME, MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME),
                item(0x30, names));
}

void add_usage(mbedtls_x509write_cert& writer, bool for_servers) {
  const std::string servers(MBEDTLS_OID_SERVER_AUTH, MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH));
  const std::string clients(MBEDTLS_OID_CLIENT_AUTH, MBEDTLS_OID_SIZE(MBEDTLS_OID_CLIENT_AUTH));
  add_extension(writer, MBEDTLS_OID_EXTENDED_KEY_USAGE, MBEDTLS_OID_SIZE(MBEDTLS_OID_EXTENDED_KEY_USAGE),
                item(0x30, item(0x06, for_servers ? servers : clients)));
}

void set_serial(mbedtls_x509write_cert& writer) {
  static unsigned char last = 0;
  ++last;
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  must(mbedtls_x509write_crt_set_serial_raw(&writer, &last, 1));
#else
  mbedtls_mpi serial;
  mbedtls_mpi_init(&serial);
  must(mbedtls_mpi_lset(&serial, last));
  must(mbedtls_x509write_crt_set_serial(&writer, &serial));
  mbedtls_mpi_free(&serial);
#endif
}

std::string subject_of(const Credential& credential) {
  mbedtls_x509_crt parsed;
  mbedtls_x509_crt_init(&parsed);
  const ByteView der = view(credential.certificate);
  must(mbedtls_x509_crt_parse_der(&parsed, der.data, der.size));
  char subject[256];
  must(mbedtls_x509_dn_gets(subject, sizeof subject, &parsed.subject));
  mbedtls_x509_crt_free(&parsed);
  return subject;
}

std::string sign(const Request& request, const std::string& issuer, Key& subject_key, Key& issuer_key) {
  mbedtls_x509write_cert writer;
  mbedtls_x509write_crt_init(&writer);
  mbedtls_x509write_crt_set_version(&writer, MBEDTLS_X509_CRT_VERSION_3);
  mbedtls_x509write_crt_set_md_alg(&writer, MBEDTLS_MD_SHA256);
  mbedtls_x509write_crt_set_subject_key(&writer, subject_key.get());
  mbedtls_x509write_crt_set_issuer_key(&writer, issuer_key.get());
  must(mbedtls_x509write_crt_set_subject_name(&writer, request.subject.c_str()));
  must(mbedtls_x509write_crt_set_issuer_name(&writer, issuer.c_str()));
  must(mbedtls_x509write_crt_set_validity(&writer, request.from.c_str(), request.until.c_str()));
  must(mbedtls_x509write_crt_set_basic_constraints(&writer, request.is_ca ? 1 : 0, -1));
  set_serial(writer);
  if (!request.is_ca) {
    add_names(writer, request);
    add_usage(writer, request.for_servers);
  }
  unsigned char buffer[4096];
  const int size = mbedtls_x509write_crt_der(&writer, buffer, sizeof buffer, random_octets, nullptr);
  must(size);
  mbedtls_x509write_crt_free(&writer);
  return {reinterpret_cast<const char*>(buffer) + sizeof buffer - size, static_cast<std::size_t>(size)};
}

std::string to_pem(const std::string& der, const std::string& label) {
  unsigned char text[8192];
  std::size_t size = 0;
  must(mbedtls_base64_encode(text, sizeof text, &size, view(der).data, der.size()));
  std::string pem = "-----BEGIN " + label + "-----\n";
  for (std::size_t at = 0; at < size; at += 64) {
    pem += std::string(reinterpret_cast<const char*>(text), size).substr(at, 64) + "\n";
  }
  return pem + "-----END " + label + "-----\n" + '\0';
}

bool fill(void*, std::uint8_t* out, std::size_t size) { return random_octets(nullptr, out, size) == 0; }

}  // namespace

int random_octets(void*, unsigned char* out, std::size_t size) {
  static std::mt19937 generator(1);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<unsigned char>(generator());
  return 0;
}

RandomSource random() { return {&fill, nullptr}; }

std::string Credential::pem() const { return to_pem(certificate, "CERTIFICATE"); }

std::string Credential::key_pem() const {
  Key parsed;
  parsed.read(key);
  return to_pem(key, mbedtls_pk_get_type(parsed.get()) == MBEDTLS_PK_RSA ? "RSA PRIVATE KEY" : "EC PRIVATE KEY");
}

SpkiPin Credential::pin() const {
  Key parsed;
  parsed.read(key);
  const std::string der = parsed.public_der();
  SpkiPin pin;
  must(mbedtls_md(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), view(der).data, der.size(), pin.sha256));
  return pin;
}

Credential issue(const Request& request, const Credential* issuer) {
  Key key;
  key.make(request.algorithm);
  Credential made;
  made.key = key.der();
  if (issuer == nullptr) {
    made.certificate = sign(request, request.subject, key, key);
    return made;
  }
  Key issuer_key;
  issuer_key.read(issuer->key);
  made.certificate = sign(request, subject_of(*issuer), key, issuer_key);
  return made;
}

const Credential& root() {
  static const Credential made = [] {
    Request request;
    request.subject = "CN=Root";
    request.is_ca = true;
    return issue(request, nullptr);
  }();
  return made;
}

const Credential& intermediate() {
  static const Credential made = [] {
    Request request;
    request.subject = "CN=Intermediate";
    request.is_ca = true;
    return issue(request, &root());
  }();
  return made;
}

const Credential& server() {
  static const Credential made = server_for({});
  return made;
}

const Credential& rsa_server() {
  static const Credential made = [] {
    Request request;
    request.algorithm = Algorithm::rsa;
    return server_for(request);
  }();
  return made;
}

Credential server_for(Request request) {
  Credential made = issue(request, &intermediate());
  made.chain = {intermediate().certificate};
  return made;
}

}  // namespace mailmote::tls_support
