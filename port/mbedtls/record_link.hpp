// What Mbed TLS reads from and writes to: the inner stream, watched.
#ifndef MAILMOTE_MBEDTLS_RECORD_LINK_HPP
#define MAILMOTE_MBEDTLS_RECORD_LINK_HPP

#include "mailmote/stream.hpp"

namespace mailmote::mbedtls {

class RecordLink {
 public:
  /// What receive() returns when the inner stream is broken.
  static constexpr int kBroken = -0x0050;  // MBEDTLS_ERR_NET_CONN_RESET

  void begin(Stream& inner) { inner_ = &inner; }

  /// Begins one call from above, of which the work is bounded.
  void begin_call();

  /// For mbedtls_ssl_set_bio.
  static int send(void* link, const unsigned char* octets, std::size_t size);
  static int receive(void* link, unsigned char* into, std::size_t size);

  /// In this call: the inner stream said would_block; a record other than ChangeCipherSpec was begun.
  bool was_blocked() const { return was_blocked_; }
  bool began_record() const { return began_record_; }

  /// Octets of records that Mbed TLS has made and still holds.
  std::size_t unsent() const { return unsent_; }

  /// ok, or closed or error when the inner stream takes no more.
  IoStatus write_end() const { return write_end_; }

  /// The peer has ended the connection below TLS.
  bool has_ended() const { return has_ended_; }

  /// The server's first octets are a ServerHello; they begin with no TLS record at all.
  bool saw_server_hello() const;
  bool saw_plain_text() const;

 private:
  void look_at(const unsigned char* octets, std::size_t size);

  Stream* inner_;
  std::size_t unsent_;
  std::uint8_t first_[6];  // of the server
  std::uint8_t first_size_;
  std::uint8_t reads_left_;
  IoStatus write_end_;
  bool was_blocked_;
  bool began_record_;
  bool has_ended_;
};

}  // namespace mailmote::mbedtls

#endif
