// TLS by Mbed TLS 2.28 or 3.6, over any Stream.
#ifndef MAILMOTE_MBEDTLS_TLS_STREAM_HPP
#define MAILMOTE_MBEDTLS_TLS_STREAM_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/stream.hpp"
#include "mailmote/tls.hpp"

namespace mailmote::mbedtls {

struct Engine;

/// A TLS client over `inner`. Until start_tls() it passes everything through, so that it can stand in the stack of a
/// connection that uses STARTTLS, implicit TLS or no TLS at all. About 3.3 KB on a 64-bit system, 2.1 KB on a 32-bit
/// one.
///
///     mbedtls::TlsStream tls(tcp, tls_options);
///     Client client(tls, options, ...);
///
/// It allocates nothing itself. Mbed TLS does, from start_tls() to the end of the connection: from the platform's
/// allocator, or from one fixed span (see arena.hpp).
///
/// A call never waits, and does at most one step of a handshake; the longest is one public-key operation of Mbed TLS
/// (see set_max_ops()). A write takes at most what fits into one record.
///
/// A server is verified as TlsOptions says, with Mbed TLS's default certificate profile, and by names as RFC 9525 has
/// it: the certificate's DNS names or addresses, never its common name. Only cipher suites with forward secrecy and
/// AEAD are offered (RFC 9325).
///
/// native() is Mbed TLS's error number (negative); for a certificate that was not accepted the MBEDTLS_X509_BADCERT_*
/// flags (positive); for the transport's errors the inner stream's number.
///
/// There is no destructor: abort() before the object goes away.
class TlsStream final : public Stream {
 public:
  /// `options` are read at each start_tls().
  constexpr TlsStream(Stream& inner, const TlsOptions& options) : inner_(inner), options_(options) {}

  /// Where the report's texts are kept.
  struct PeerText {
    char subject[96] = {};
    char names[160] = {};
  };

 private:
  static constexpr std::size_t kEngineSize = sizeof(void*) > 4 ? 3072 : 1792;

  enum class State : std::uint8_t { clear, handshake, secure, closing, failed };

  IoStatus do_open(const Endpoint& endpoint) override;
  IoStatus do_progress(Millis now) override;
  IoStatus do_start_tls() override;
  const TlsReport* do_tls() const override { return &report_; }
  IoResult do_read(MutableBytes into) override;
  IoResult do_write(ByteView from) override;
  IoStatus do_close() override;
  void do_abort() override;
  Interest do_wait() const override;
  IpEndpoint do_local() const override { return inner_.local(); }
  IpEndpoint do_remote() const override { return inner_.remote(); }
  Status do_status() const override;
  std::int32_t do_native() const override;

  Engine& engine();
  const Engine& engine() const;
  void begin_call();
  Status begin_handshake();
  Status check_silence();
  IoStatus step();
  IoStatus finish();
  bool is_pause(int result);
  bool flush();
  IoStatus end_of_writing();
  bool say_goodbye();
  IoResult end_of_reading(int result);
  Status diagnose(int error);
  Status status_of_alert() const;
  IoStatus fail(Status status);
  void release();

  Stream& inner_;
  const TlsOptions& options_;
  Endpoint endpoint_;
  TlsReport report_;
  PeerText text_;
  std::int32_t native_ = 0;
  State state_ = State::clear;
  Status status_ = Status::ok;
  bool again_ = false;   // there is more to do without any waiting
  bool talked_ = false;  // an octet has come through TLS
  bool ended_ = false;   // the peer has ended TLS in an orderly way
  bool said_goodbye_ = false;
  alignas(std::max_align_t) unsigned char engine_[kEngineSize] = {};  // an Engine while state_ is not clear
};

/// Shortens the longest call: Mbed TLS leaves an elliptic-curve operation after about `n` basic ones and goes on in the
/// next call (mbedtls_ecp_set_max_ops; 0: never). Holds for the whole process, and only for TLS 1.2 with ECDHE-ECDSA.
/// False where Mbed TLS was built without MBEDTLS_ECP_RESTARTABLE. Linked when named.
bool set_max_ops(unsigned n);

}  // namespace mailmote::mbedtls

#endif
