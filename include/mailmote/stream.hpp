// THE PORTING SEAM: a non-blocking stream of octets. docs/porting.md walks through writing one; port/template/ is one to
// copy; tests/contract/ is the suite that each must pass.
#ifndef MAILMOTE_STREAM_HPP
#define MAILMOTE_STREAM_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/ip.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

struct TlsReport;

/// What became of one call. A number never means two things: `n` counts octets and nothing else.
enum class IoStatus : std::uint8_t {
  ok,           ///< done; for read and write: n >= 1 octets moved
  would_block,  ///< nothing moved; try again after wait() says so
  closed,       ///< read: the peer closed in an orderly way and everything was read. write: the peer takes no more
  error,        ///< the connection is broken (or never came up): see status() and native()
};

/// One word, so that it travels in a register. `n` is below 2^29.
struct [[nodiscard]] IoResult {
  constexpr IoResult(IoStatus what, std::size_t octets = 0) : status(what), n(octets & 0x1fffffff) {}  // NOLINT: implicit

  IoStatus status : 3;
  std::uint32_t n : 29;
};

/// Where to connect. `host` is a name or a numeric IPv4 or IPv6 address (without brackets); it must stay valid until the
/// stream is open or aborted.
struct Endpoint {
  Text host;
  std::uint16_t port = 0;
};

/// What a stream waits for. One word, so that it travels in a register.
struct Interest {
  static constexpr Millis kNoLimit = 0x1fffffff;

  constexpr Interest(bool to_read = false, bool to_write = false, bool at_once = false)  // NOLINT: implicit
      : read(to_read), write(to_write), again(at_once), timeout(kNoLimit) {}

  bool read : 1;               ///< readable
  bool write : 1;              ///< writable
  bool again : 1;              ///< do not wait: octets that were already received are held inside
  std::uint32_t timeout : 29;  ///< ms after the last progress() until something is due in any case; kNoLimit: nothing is
};

/// A connection to one peer at a time. No call ever blocks, and none calls back into the caller.
///
/// Life: open() -> progress() until it is not would_block -> [start_tls() -> progress() likewise] -> read()/write() -> close() until it is not would_block, or
/// abort() at any time. After close() has finished or abort() returned, open() may be called again, any number of times.
///
/// Octets that were received before the peer closed or reset are delivered by read() before `closed` or `error` is.
/// The public functions check the call and forward; a port implements the private do_ functions.
class Stream {
 public:
  /// Begins to connect and returns at once. ok: open already. would_block: call progress(). error: see status().
  IoStatus open(const Endpoint& endpoint) { return do_open(endpoint); }

  /// Moves opening forward. ok: open. would_block: not yet. error: see status(): name_not_found, name_lookup_failed,
  /// connection_refused, unreachable, transport_error. A stream may return ok early (while TCP still connects) when its
  /// read and write then say would_block or error.
  IoStatus progress(Millis now) { return do_progress(now); }

  /// Begins TLS on an open stream and returns at once: from here on read and write carry what is inside. ok: done.
  /// would_block: call progress() until it says ok. error: see status() (any of the TLS group, connection_closed,
  /// connection_reset, transport_error); octets that had arrived in clear before are an error, never part of TLS. Only
  /// where tls() is not null.
  IoStatus start_tls() { return do_start_tls(); }

  /// What came of the last handshake; null when this stream has no TLS layer.
  const TlsReport* tls() const { return do_tls(); }

  /// Reads up to into.size (at least 1) octets.
  IoResult read(MutableBytes into) {
    const IoResult result = do_read(into);
    return checked(result, into.size);
  }

  /// Writes up to from.size (at least 1) octets; what was taken counts as gone, though a
  /// layer may hold it while wait().write is set. After would_block the same octets may be
  /// offered again in another length.
  IoResult write(ByteView from) {
    const IoResult result = do_write(from);
    return checked(result, from.size);
  }

  /// Ends the connection in an orderly way: octets that were written are still delivered. would_block: call it again.
  /// ok: closed. error: it broke; the stream is closed all the same.
  IoStatus close() { return do_close(); }

  /// Ends the connection at once and releases everything. Allowed in every state.
  void abort() { do_abort(); }

  /// What the last would_block waits for; for an open stream with nothing blocked {read}.
  Interest wait() const { return do_wait(); }

  /// The two ends while open; family none when not known.
  IpEndpoint local() const { return do_local(); }
  IpEndpoint remote() const { return do_remote(); }

  /// Why the last call returned error (a transport or TLS Status; ok when none did), and the port's own number for it.
  Status status() const { return do_status(); }
  std::int32_t native() const { return do_native(); }

 protected:
  constexpr Stream() = default;
  ~Stream() = default;  // never deleted through this type
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

 private:
  static IoResult checked(IoResult result, std::size_t size) {
    return result.status != IoStatus::ok || result.n - 1U < size ? result : IoResult{IoStatus::error, 0};
  }

  virtual IoStatus do_open(const Endpoint& endpoint) = 0;
  virtual IoStatus do_progress(Millis now) = 0;
  virtual IoStatus do_start_tls() { return IoStatus::error; }
  virtual const TlsReport* do_tls() const { return nullptr; }
  virtual IoResult do_read(MutableBytes into) = 0;
  virtual IoResult do_write(ByteView from) = 0;
  virtual IoStatus do_close() = 0;
  virtual void do_abort() = 0;
  virtual Interest do_wait() const = 0;
  virtual IpEndpoint do_local() const = 0;
  virtual IpEndpoint do_remote() const = 0;
  virtual Status do_status() const = 0;
  virtual std::int32_t do_native() const = 0;
};

}  // namespace mailmote

#endif
