// Certificates for tests, made when they are asked for.
#ifndef MAILMOTE_TESTS_TLS_SUPPORT_CERTIFICATES_HPP
#define MAILMOTE_TESTS_TLS_SUPPORT_CERTIFICATES_HPP

#include <memory>
#include <string>
#include <vector>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/random.hpp"
#include "mailmote/tls.hpp"

namespace mailmote::tls_support {

/// Octets that are the same in each run.
RandomSource random();

/// For Mbed TLS.
int random_octets(void*, unsigned char* out, std::size_t size);

inline ByteView view(const std::string& octets) {
  return {reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()};
}

enum class Algorithm { ec, rsa };

/// A certificate and its key, both in DER. `chain` is sent behind the certificate.
struct Credential {
  std::string certificate;
  std::string key;
  std::vector<std::string> chain;

  std::string pem() const;      ///< of the certificate, with its NUL
  std::string key_pem() const;  ///< with its NUL
  SpkiPin pin() const;
};

/// What a certificate says. Dates are as Mbed TLS has them: YYYYMMDDhhmmss.
struct Request {
  std::string subject = "CN=localhost";
  std::vector<std::string> dns = {"localhost"};
  std::vector<std::string> addresses = {};  ///< 4 or 16 octets each
  std::string from = "20200101000000";
  std::string until = "20400101000000";
  Algorithm algorithm = Algorithm::ec;
  bool is_ca = false;
  bool for_servers = true;  ///< else for clients only
};

/// 2030-01-01 00:00 UTC, when all is well.
constexpr UnixTime kNow = 1893456000;

/// `issuer` null: it signs itself.
Credential issue(const Request& request, const Credential* issuer);

/// Made once a run: a root, an intermediate below it, and servers by that one for localhost.
const Credential& root();
const Credential& intermediate();
const Credential& server();
const Credential& rsa_server();

/// A server by the intermediate, with its chain.
Credential server_for(Request request);

}  // namespace mailmote::tls_support

#endif
