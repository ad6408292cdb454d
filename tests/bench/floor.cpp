// The floor: what one gets who writes nothing but this dialogue, straight down, with calls that block, for a server
// that has PIPELINING and CHUNKING, and gives up at whatever else comes. See job.hpp.
#include <arpa/inet.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string_view>

#include "job.hpp"

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#endif

namespace {

void must(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "floor: %s failed\n", what);
  std::exit(69);
}

// What all handshakes have in common, and the session of the last one.
struct Tls {
  explicit Tls(const Job& job) {
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&random);
    mbedtls_x509_crt_init(&ca);
    mbedtls_ssl_config_init(&config);
    mbedtls_ssl_session_init(&session);
    must(mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, nullptr, 0) == 0, "seeding");
    must(mbedtls_x509_crt_parse_file(&ca, job.ca_file.c_str()) == 0, "reading the CA");
    must(mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                     MBEDTLS_SSL_PRESET_DEFAULT) == 0, "configuring TLS");
    mbedtls_ssl_conf_ca_chain(&config, &ca, nullptr);
    mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &random);
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    must(psa_crypto_init() == PSA_SUCCESS, "psa_crypto_init");
    mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(&config,
                                                             MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
#endif
  }

  ~Tls() {
    mbedtls_ssl_session_free(&session);
    mbedtls_ssl_config_free(&config);
    mbedtls_x509_crt_free(&ca);
    mbedtls_ctr_drbg_free(&random);
    mbedtls_entropy_free(&entropy);
  }
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  mbedtls_x509_crt ca;
  mbedtls_ssl_config config;
  mbedtls_ssl_session session;
  bool has_session = false;
};

class Connection {
 public:
  explicit Connection(std::uint16_t port) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    must(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "connect");
    net_.fd = fd;
  }
  ~Connection() {
    if (tls_ != nullptr) mbedtls_ssl_free(&ssl_);
    close(net_.fd);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start_tls(Tls& tls) {
    tls_ = &tls;
    mbedtls_ssl_init(&ssl_);
    must(mbedtls_ssl_setup(&ssl_, &tls.config) == 0, "setting TLS up");
    must(mbedtls_ssl_set_hostname(&ssl_, "localhost") == 0, "naming the server");  // 2.28 checks no addresses
    if (tls.has_session) must(mbedtls_ssl_set_session(&ssl_, &tls.session) == 0, "taking the session");
    mbedtls_ssl_set_bio(&ssl_, &net_, mbedtls_net_send, mbedtls_net_recv, nullptr);
    must(mbedtls_ssl_handshake(&ssl_) == 0, "the handshake");
    if (std::string_view(mbedtls_ssl_get_version(&ssl_)) == "TLSv1.2") keep_session();
  }

  void say(const std::string& text) {
    const auto* octets = reinterpret_cast<const unsigned char*>(text.data());
    const ssize_t n =
        tls_ != nullptr ? mbedtls_ssl_write(&ssl_, octets, text.size()) : write(net_.fd, octets, text.size());
    must(n == static_cast<ssize_t>(text.size()), "writing");
  }

  // So many replies, all of them a yes.
  void hear(std::size_t replies) {
    while (replies != 0) {
      const std::size_t end = heard_.find('\n', at_);
      if (end == std::string::npos) {
        more();
        continue;
      }
      must(heard_[at_] == '2', heard_.c_str() + at_);
      if (heard_[at_ + 3] != '-') --replies;
      at_ = end + 1;
    }
  }

 private:
  void more() {
    heard_.erase(0, at_);
    at_ = 0;
    unsigned char octets[4096];
    const ssize_t n = tls_ != nullptr ? read_tls(octets, sizeof octets) : read(net_.fd, octets, sizeof octets);
    must(n > 0, "reading");
    heard_.append(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(n));
  }

  // In TLS 1.3 a session is worth something from when its ticket has come.
  int read_tls(unsigned char* octets, std::size_t size) {
    for (;;) {
      const int n = mbedtls_ssl_read(&ssl_, octets, size);
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
      if (n == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET) keep_session();
      if (n == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET) continue;
#endif
      if (n != MBEDTLS_ERR_SSL_WANT_READ) return n;
    }
  }

  void keep_session() {
    mbedtls_ssl_session_free(&tls_->session);
    mbedtls_ssl_session_init(&tls_->session);
    tls_->has_session = mbedtls_ssl_get_session(&ssl_, &tls_->session) == 0;
  }

  mbedtls_net_context net_ = {};
  mbedtls_ssl_context ssl_;
  Tls* tls_ = nullptr;
  std::string heard_;
  std::size_t at_ = 0;
};

std::string base64(const std::string& octets) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = at; i < at + 3; ++i) group = group << 8 | (i < octets.size() ? octets[i] & 0xff : 0);
    for (std::size_t i = 0; i < 4; ++i) out += at + i > octets.size() ? '=' : kDigits[group >> (18 - 6 * i) & 63];
  }
  return out;
}

void log_in(Connection& connection, const Job& job) {
  const std::string response = std::string(1, '\0') + job.user + std::string(1, '\0') + job.password;
  connection.say("AUTH PLAIN " + base64(response) + "\r\n");
  connection.hear(1);
}

std::unique_ptr<Connection> begin(const Job& job, Tls* tls) {
  const std::string ehlo = "EHLO " + std::string(kHelo) + "\r\n";
  auto connection = std::make_unique<Connection>(job.port);
  if (job.security == "implicit") connection->start_tls(*tls);
  connection->hear(1);
  connection->say(ehlo);
  connection->hear(1);
  if (job.security == "starttls") {
    connection->say("STARTTLS\r\n");
    connection->hear(1);
    connection->start_tls(*tls);
    connection->say(ehlo);
    connection->hear(1);
  }
  if (!job.user.empty()) log_in(*connection, job);
  return connection;
}

}  // namespace

int main(int argc, char** argv) {
  const Job job = job_of(argc, argv);
  std::string group = "MAIL FROM:<" + std::string(kSender) + ">\r\n";
  for (const std::string& recipient : job.recipients) group += "RCPT TO:<" + recipient + ">\r\n";
  group += "BDAT " + std::to_string(sizeof kMail - 1) + " LAST\r\n" + kMail;
  const auto tls = job.security == "none" ? nullptr : std::make_unique<Tls>(job);
  std::unique_ptr<Connection> connection;
  for (int mail = 0; mail < job.mails; ++mail) {
    if (connection == nullptr) connection = begin(job, tls.get());
    const bool quit = !job.keep || job.is_last(mail);
    connection->say(quit ? group + "QUIT\r\n" : group);
    connection->hear(job.recipients.size() + 2 + (quit ? 1 : 0));
    if (quit) connection.reset();
  }
}
