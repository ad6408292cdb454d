// A login by SCRAM-SHA-256, with the hash of Mbed TLS.
#include "mailmote/mbedtls/hash.hpp"
#include "measure.hpp"

using namespace mailmote;

namespace {

/// Octets 0, 1, 2, ..., so that the server's answers are known beforehand.
bool count_up(void*, std::uint8_t* out, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i);
  return true;
}

// r=AAECAwQFBgcICQoLDA0ODxARserverserver,s=MDEyMzQ1Njc4OWFiY2RlZg==,i=4096 and the signature that belongs to it.
constexpr Step kScram[] = {
    {"", "220 mail.example.com ESMTP ready\r\n"},
    {"\r\n", "250-mail.example.com at your service\r\n250 AUTH SCRAM-SHA-256\r\n"},
    {"\r\n", "334 cj1BQUVDQXdRRkJnY0lDUW9MREEwT0R4QVJzZXJ2ZXJzZXJ2ZXIscz1NREV5TXpRMU5qYzRPV0ZpWTJSbFpnPT0saT00MDk2\r\n"},
    {"\r\n", "334 dj1IWVJ3MWJOU2IwOGRzNkw5RFBDcm9TWFEvVHBXUmhUTnlGQWlJOGs2cXA4PQ==\r\n"},
    {"\r\n", "235 2.7.0 welcome\r\n"},
    {"QUIT\r\n", "221 2.0.0 bye\r\n"}};

void measure_scram(const char* about, std::uint32_t iterations_per_poll) {
  ScramMechanism scram(mbedtls::kSha256, {"sensor", "secret"});
  scram.iterations_per_poll = iterations_per_poll;
  SaslMechanism* const allowed[] = {&scram};
  Authenticator authenticator(allowed);
  authenticator.random.fill = count_up;
  Options options;
  options.host = "192.0.2.25";
  options.helo = "tank7.example.com";
  options.security = Security::none;
  options.allow_clear = true;
  options.allow_cleartext_credentials = true;
  options.auth = &authenticator;
  report("hash", about, options, kScram, nullptr);
}

}  // namespace

int main() {
  start_clock();
  measure_scram("SCRAM-SHA-256, 16 iterations a poll", 16);
  measure_scram("SCRAM-SHA-256, 1 iteration a poll", 1);
}
