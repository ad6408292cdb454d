#include "mailmote/mbedtls/tls_stream.hpp"

#include <new>

#include "engine.hpp"
#include "saved_session.hpp"
#include "versions.hpp"

namespace mailmote::mbedtls {
namespace {

// Where a record goes out only when the server asked for a certificate: in TLS 1.2 the certificate itself; in TLS 1.3,
// in which Mbed TLS sends each message with the next step, what comes before Finished.
int certificate_state(TlsVersion version) {
  return version == TlsVersion::tls1_3 ? MBEDTLS_SSL_CLIENT_FINISHED : MBEDTLS_SSL_CLIENT_CERTIFICATE;
}

// In TLS 1.2 a ticket comes before ChangeCipherSpec, in a state that a step both enters and leaves.
bool is_ticket(int before, int after) {
  return (before == MBEDTLS_SSL_SERVER_CHANGE_CIPHER_SPEC || before == kTicketState) &&
         after == MBEDTLS_SSL_SERVER_CHANGE_CIPHER_SPEC;
}

}  // namespace

Engine& TlsStream::engine() { return *std::launder(reinterpret_cast<Engine*>(engine_)); }
const Engine& TlsStream::engine() const { return *std::launder(reinterpret_cast<const Engine*>(engine_)); }

// Opening.

IoStatus TlsStream::do_open(const Endpoint& endpoint) {
  release();
  endpoint_ = endpoint;
  report_ = TlsReport{};
  status_ = Status::ok;
  native_ = 0;
  return inner_.open(endpoint);
}

IoStatus TlsStream::do_progress(Millis now) {
  switch (state_) {
    case State::clear: return inner_.progress(now);
    case State::handshake: return step();
    case State::secure:
      begin_call();
      static_cast<void>(flush());
      return IoStatus::ok;
    case State::closing:
    case State::failed: break;
  }
  return IoStatus::error;
}

IoStatus TlsStream::do_start_tls() {
  static_assert(sizeof(Engine) <= kEngineSize, "Mbed TLS is configured with larger contexts: raise kEngineSize");
  if (state_ != State::clear) return fail(Status::tls_invalid_options);
  report_ = TlsReport{};
  talked_ = ended_ = said_goodbye_ = false;
  state_ = State::handshake;
  create(*new (engine_) Engine{});
  const Status status = begin_handshake();
  if (status != Status::ok) return fail(status);
  again_ = true;
  return IoStatus::would_block;
}

Status TlsStream::begin_handshake() {
  Engine& engine = this->engine();
  const UnixTime now = options_.clock.read != nullptr ? options_.clock.read(options_.clock.context) : 0;
  engine.link.begin(inner_);
  const Text server = options_.server_name.empty() ? endpoint_.host : options_.server_name;
  const Status status = prepare(engine, {options_, server, endpoint_.port, now}, report_, text_);
  native_ = engine.native;
  return status == Status::ok ? check_silence() : status;
}

// A server speaks first only in clear.
Status TlsStream::check_silence() {
  std::uint8_t octet;
  switch (inner_.read({&octet, 1}).status) {
    case IoStatus::ok: return Status::tls_plain_text;
    case IoStatus::would_block: return Status::ok;
    case IoStatus::closed: return Status::connection_closed;
    case IoStatus::error: break;
  }
  native_ = inner_.native();
  return inner_.status();
}

void TlsStream::begin_call() {
  engine().link.begin_call();
  again_ = false;
}

IoStatus TlsStream::step() {
  Engine& engine = this->engine();
  begin_call();
  const int before = state_of(engine.ssl);
  const int result = mbedtls_ssl_handshake_step(&engine.ssl);
  const int after = state_of(engine.ssl);
  report_.answered = engine.link.saw_server_hello();
  if (before == certificate_state(report_.version) && engine.link.began_record()) report_.certificate_wanted = true;
  if (after > MBEDTLS_SSL_SERVER_HELLO) report_.version = version_of(engine.ssl);
  if (result == 0 && is_ticket(before, after)) engine.has_new_ticket = true;
  if (result == 0 && after == MBEDTLS_SSL_HANDSHAKE_OVER) return finish();
  if (result == 0) again_ = true;
  return result == 0 || is_pause(result) ? IoStatus::would_block : fail(diagnose(result));
}

// No certificate comes with a session that is resumed, and only then.
IoStatus TlsStream::finish() {
  Engine& engine = this->engine();
  report_.resumed = !engine.verifier.has_verdict();
  if (report_.resumed && !engine.offered) return fail(Status::tls_bad_certificate);
  report_.version = version_of(engine.ssl);
  report_.cipher = mbedtls_ssl_get_ciphersuite(&engine.ssl);
  report_.established = true;
  if (report_.resumed) restore_report(engine, options_, report_, text_);
  mbedtls_x509_crt_free(&engine.trusted);
  const bool is_new = report_.version == TlsVersion::tls1_2 && (!report_.resumed || engine.has_new_ticket);
  if (is_new && options_.session != nullptr) save(engine, report_, *options_.session);
  state_ = State::secure;
  return IoStatus::ok;
}

// True: nothing is wrong; Mbed TLS goes on in the next call.
bool TlsStream::is_pause(int result) {
  const bool is_ticket = is_new_ticket(result);
  if (is_ticket && options_.session != nullptr) save(engine(), report_, *options_.session);
  const bool is_wait = result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE ||
                       result == MBEDTLS_ERR_SSL_CRYPTO_IN_PROGRESS;
  if (is_ticket || is_wait) again_ = !engine().link.was_blocked();
  return is_ticket || is_wait;
}

// Moving octets.

IoResult TlsStream::do_read(MutableBytes into) {
  if (state_ == State::clear) return inner_.read(into);
  if (state_ != State::secure) return IoStatus::error;
  if (ended_) return IoStatus::closed;
  begin_call();
  static_cast<void>(flush());
  const int result = mbedtls_ssl_read(&engine().ssl, into.data, into.size);
  if (result > 0) {
    talked_ = true;
    return {IoStatus::ok, static_cast<std::size_t>(result)};
  }
  return is_pause(result) ? IoStatus::would_block : end_of_reading(result);
}

IoResult TlsStream::end_of_reading(int result) {
  if (result == 0 && !engine().link.has_ended()) {
    again_ = true;
    return IoStatus::would_block;
  }
  if (result != MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) return fail(diagnose(result));
  ended_ = true;
  return IoStatus::closed;
}

// Octets count as taken as soon as Mbed TLS has made a record of them, though that may not have gone out yet.
IoResult TlsStream::do_write(ByteView from) {
  if (state_ == State::clear) return inner_.write(from);
  if (state_ != State::secure) return IoStatus::error;
  Engine& engine = this->engine();
  begin_call();
  const bool may_write = flush();
  if (engine.link.write_end() != IoStatus::ok) return end_of_writing();
  if (!may_write) return IoStatus::would_block;
  const int room = mbedtls_ssl_get_max_out_record_payload(&engine.ssl);
  if (room <= 0) return fail(Status::tls_broken_record);
  const std::size_t size = from.size < static_cast<std::size_t>(room) ? from.size : static_cast<std::size_t>(room);
  const int result = mbedtls_ssl_write(&engine.ssl, from.data, size);
  if (engine.link.write_end() != IoStatus::ok) return end_of_writing();
  if (result > 0 || (is_pause(result) && engine.link.unsent() != 0)) return {IoStatus::ok, size};
  return is_pause(result) ? IoStatus::would_block : fail(diagnose(result));
}

// What the peer said before may still be read.
IoStatus TlsStream::end_of_writing() {
  const IoStatus end = engine().link.write_end();
  if (end == IoStatus::error) {
    status_ = inner_.status();
    native_ = inner_.native();
  }
  return end;
}

// True: nothing that was written is left with Mbed TLS. A write of nothing sends what is left, and only that.
bool TlsStream::flush() {
  RecordLink& link = engine().link;
  if (link.unsent() == 0) return true;
  const std::uint8_t nothing = 0;
  static_cast<void>(is_pause(mbedtls_ssl_write(&engine().ssl, &nothing, 0)));
  return link.unsent() == 0;
}

// Closing.

// Once its engine is gone, the stream is the inner one.
IoStatus TlsStream::do_close() {
  if (state_ == State::secure) state_ = State::closing;
  if (state_ == State::closing && !say_goodbye()) return IoStatus::would_block;
  release();
  return inner_.close();
}

// True: it has gone out, or nobody takes it. A peer may have to be read before it reads.
bool TlsStream::say_goodbye() {
  RecordLink& link = engine().link;
  begin_call();
  if (flush() && !said_goodbye_) {
    said_goodbye_ = true;
    static_cast<void>(mbedtls_ssl_close_notify(&engine().ssl));
  }
  if (link.unsent() == 0) return true;
  std::uint8_t waste[128];
  return inner_.read({waste, sizeof waste}).status == IoStatus::error;
}

void TlsStream::do_abort() {
  release();
  inner_.abort();
}

void TlsStream::release() {
  if (state_ != State::clear) destroy(engine());
  state_ = State::clear;
  again_ = false;
}

// Looking.

Interest TlsStream::do_wait() const {
  if (state_ == State::failed) return {};
  Interest interest = inner_.wait();
  if (state_ == State::secure && ended_) {
    interest.read = interest.again = false;
  } else if (state_ != State::clear) {
    const bool is_pending = state_ == State::secure && mbedtls_ssl_check_pending(&engine().ssl) != 0;
    interest.again = interest.again || again_ || is_pending;
  }
  return interest;
}

Status TlsStream::do_status() const { return status_ != Status::ok ? status_ : inner_.status(); }
std::int32_t TlsStream::do_native() const { return status_ != Status::ok ? native_ : inner_.native(); }

// Failing.

IoStatus TlsStream::fail(Status status) {
  if (state_ == State::handshake && engine().offered && group(status) == StatusGroup::tls) forget(*options_.session);
  status_ = status;
  state_ = State::failed;
  again_ = false;
  return IoStatus::error;
}

}  // namespace mailmote::mbedtls
