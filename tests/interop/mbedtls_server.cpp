// A TLS server made of Mbed TLS: what comes in through TLS goes on in clear to a server on this machine, and back.
//
// mbedtls_server SINK_PORT CERTIFICATE_FILE KEY_FILE
//
// It listens at a free port of 127.0.0.1, prints "port N", takes one connection after the other, sends session tickets,
// and runs until it is terminated. TLS 1.2, and 1.3 where the library has it.
#include <arpa/inet.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#if MBEDTLS_VERSION_MAJOR >= 3
#include <psa/crypto.h>
#endif

namespace {

constexpr unsigned kTicketSeconds = 3600;

[[noreturn]] void fail(const char* what, int error) {
  char text[128] = "";
  mbedtls_strerror(error, text, sizeof text);
  std::fprintf(stderr, "mbedtls_server: %s: %s\n", what, text);
  std::exit(1);
}

void must(const char* what, int result) {
  if (result != 0) fail(what, result);
}

// What all connections share.
struct Server {
  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  mbedtls_x509_crt certificate;
  mbedtls_pk_context key;
  mbedtls_ssl_ticket_context tickets;
  mbedtls_ssl_config config;
};

void read_credential(Server& server, const char* certificate_file, const char* key_file) {
  mbedtls_x509_crt_init(&server.certificate);
  mbedtls_pk_init(&server.key);
  must(certificate_file, mbedtls_x509_crt_parse_file(&server.certificate, certificate_file));
#if MBEDTLS_VERSION_MAJOR >= 3
  must("psa_crypto_init", psa_crypto_init() == PSA_SUCCESS ? 0 : -1);
  must(key_file, mbedtls_pk_parse_keyfile(&server.key, key_file, nullptr, mbedtls_ctr_drbg_random, &server.random));
#else
  must(key_file, mbedtls_pk_parse_keyfile(&server.key, key_file, nullptr));
#endif
}

void set_up_random(Server& server) {
  mbedtls_entropy_init(&server.entropy);
  mbedtls_ctr_drbg_init(&server.random);
  must("random numbers", mbedtls_ctr_drbg_seed(&server.random, mbedtls_entropy_func, &server.entropy, nullptr, 0));
}

void configure(Server& server) {
  mbedtls_ssl_config_init(&server.config);
  mbedtls_ssl_ticket_init(&server.tickets);
  must("configuration", mbedtls_ssl_config_defaults(&server.config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
                                                    MBEDTLS_SSL_PRESET_DEFAULT));
  mbedtls_ssl_conf_rng(&server.config, mbedtls_ctr_drbg_random, &server.random);
  must("certificate", mbedtls_ssl_conf_own_cert(&server.config, &server.certificate, &server.key));
  must("tickets", mbedtls_ssl_ticket_setup(&server.tickets, mbedtls_ctr_drbg_random, &server.random,
                                           MBEDTLS_CIPHER_AES_256_GCM, kTicketSeconds));
  mbedtls_ssl_conf_session_tickets_cb(&server.config, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse,
                                      &server.tickets);
}

// Sends everything; false when the other side is gone.
bool send_all(mbedtls_ssl_context& tls, const unsigned char* octets, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const int n = mbedtls_ssl_write(&tls, octets + done, size - done);
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

bool send_all(int sink, const unsigned char* octets, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const ssize_t n = send(sink, octets + done, size - done, MSG_NOSIGNAL);
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

// Moves octets both ways until one side ends.
void relay(mbedtls_ssl_context& tls, int client, int sink) {
  unsigned char octets[16384];
  pollfd ends[] = {{client, POLLIN, 0}, {sink, POLLIN, 0}};
  while (true) {
    if (mbedtls_ssl_get_bytes_avail(&tls) == 0 && poll(ends, 2, -1) < 0) return;
    if (ends[0].revents != 0 || mbedtls_ssl_get_bytes_avail(&tls) != 0) {
      const int n = mbedtls_ssl_read(&tls, octets, sizeof octets);
      if (n <= 0 || !send_all(sink, octets, static_cast<std::size_t>(n))) return;
    }
    if (ends[1].revents != 0) {
      const ssize_t n = recv(sink, octets, sizeof octets, 0);
      if (n <= 0 || !send_all(tls, octets, static_cast<std::size_t>(n))) return;
    }
  }
}

void serve(Server& server, mbedtls_net_context& client, const char* sink_port) {
  mbedtls_net_context sink;
  mbedtls_net_init(&sink);
  mbedtls_ssl_context tls;
  mbedtls_ssl_init(&tls);
  must("a connection", mbedtls_ssl_setup(&tls, &server.config));
  mbedtls_ssl_set_bio(&tls, &client, mbedtls_net_send, mbedtls_net_recv, nullptr);
  const int result = mbedtls_ssl_handshake(&tls);
  if (result != 0) std::fprintf(stderr, "handshake: -0x%04x\n", static_cast<unsigned>(-result));
  if (result == 0 && mbedtls_net_connect(&sink, "127.0.0.1", sink_port, MBEDTLS_NET_PROTO_TCP) == 0) {
    relay(tls, client.fd, sink.fd);
    (void)mbedtls_ssl_close_notify(&tls);
  }
  mbedtls_ssl_free(&tls);
  mbedtls_net_free(&sink);
}

unsigned port_of(int listener) {
  sockaddr_in address = {};
  socklen_t size = sizeof address;
  if (getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return ntohs(address.sin_port);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: mbedtls_server SINK_PORT CERTIFICATE_FILE KEY_FILE\n");
    return 2;
  }
  (void)std::signal(SIGPIPE, SIG_IGN);
  static Server server;
  set_up_random(server);
  read_credential(server, argv[2], argv[3]);
  configure(server);
  mbedtls_net_context listener;
  mbedtls_net_init(&listener);
  must("listening", mbedtls_net_bind(&listener, "127.0.0.1", "0", MBEDTLS_NET_PROTO_TCP));
  std::printf("port %u\n", port_of(listener.fd));
  std::fflush(stdout);
  while (true) {
    mbedtls_net_context client;
    mbedtls_net_init(&client);
    if (mbedtls_net_accept(&listener, &client, nullptr, 0, nullptr) == 0) serve(server, client, argv[1]);
    mbedtls_net_free(&client);
  }
}
