// A stream in memory to a Peer, on a virtual clock, over a network that splits, delays and breaks as it is told.
#ifndef MAILMOTE_TESTS_SUPPORT_VIRTUAL_STREAM_HPP
#define MAILMOTE_TESTS_SUPPORT_VIRTUAL_STREAM_HPP

#include <cstdint>
#include <deque>
#include <limits>
#include <random>
#include <string>

#include "mailmote/stream.hpp"
#include "mailmote/tls.hpp"
#include "support/peer.hpp"
#include "support/wire_watch.hpp"

namespace mailmote::test {

struct VirtualClock {
  Millis now = 0;
};

/// What happens to one call of the stream; calls that the fault makes no sense for take the nearest one.
enum class Fault : std::uint8_t {
  none,
  would_block,  ///< this call only
  one_octet,    ///< this call only
  close,        ///< the peer closes
  reset,        ///< the connection breaks
  taken_reset,  ///< a write hands its octets over and still says error
  silence,      ///< from here on writes are swallowed and nothing arrives
  stuck,        ///< from here on writes are not taken either
  deaf,         ///< from here on a write says that the peer takes no more, and nothing arrives
};



constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

/// How the network behaves. Positions count the peer's octets over all connections.
struct Network {
  std::size_t read_limit = kNoLimit;   ///< octets one read returns at most
  std::size_t write_limit = kNoLimit;  ///< octets one write takes at most
  std::size_t to_peer = kNoLimit;      ///< room for octets on their way to the peer
  std::size_t from_peer = kNoLimit;    ///< room for octets on their way to the client; a peer with less room blocks
  std::size_t split_at = kNoLimit;     ///< a read stops here, and the next one says would_block
  std::size_t cut_after = kNoLimit;    ///< the connection ends once so many octets were read,
  Ending cut = Ending::none;           ///< like this,
  bool cut_at_once = false;            ///< even when the peer has nothing more to say yet
  Millis latency = 0;                  ///< until something that the peer says is there
  Millis connect_delay = 0;
  std::size_t fault_call = kNoLimit;  ///< the call (counted from 0, see calls()) that goes wrong
  Fault fault = Fault::none;
  std::mt19937* random = nullptr;     ///< sizes below the limits and now and then a would_block, by chance
};

class VirtualStream final : public Stream {
 public:
  VirtualStream(const VirtualClock& clock, Peer& peer) : clock_(clock), peer_(&peer) {}

  Network network;
  bool tls_layer = true;  ///< whether the stream can do TLS
  IpAddress remote_address = {IpFamily::v4, {127, 0, 0, 1}};
  IpAddress local_address = {IpFamily::v4, {127, 0, 0, 1}};

  /// Another peer from the next connection on.
  void set_peer(Peer& peer) { peer_ = &peer; }

  /// Moves octets between the two ends as far as they go now.
  void exchange();

  /// Ends the connection now, as the peer would.
  void break_now(Ending ending) {
    mute_ = stuck_ = deaf_ = false;
    cut(ending);
  }

  bool readable() const;
  bool writable() const;

  /// Milliseconds until the peer's next octets arrive or the connection comes up; kForever: nothing is under way.
  Millis next_event() const;

  /// Whether the network was broken so that only a deadline ends the wait.
  bool mute() const { return mute_; }
  bool is_open() const { return state_ == State::open; }

  WireWatch& watch() { return watch_; }
  const WireWatch& watch() const { return watch_; }
  std::size_t calls() const { return calls_; }
  std::size_t reads() const { return reads_; }
  std::size_t writes() const { return writes_; }
  std::size_t opens() const { return opens_; }
  std::uint16_t port() const { return port_; }  ///< of the endpoint that was opened last
  std::size_t received() const { return received_; }  ///< octets of the peer that were read, over all connections
  std::size_t sent() const { return sent_; }          ///< octets that were written

  /// What the client did against the contract of Stream; empty: nothing.
  const std::string& complaint() const { return complaint_; }

 private:
  enum class State : std::uint8_t { closed, opening, open };

  IoStatus do_open(const Endpoint& endpoint) override;
  IoStatus do_progress(Millis now) override;
  IoStatus do_start_tls() override;
  const TlsReport* do_tls() const override { return tls_layer ? &report_ : nullptr; }
  IoResult do_read(MutableBytes into) override;
  IoResult do_write(ByteView from) override;
  IoStatus do_close() override;
  void do_abort() override;
  Interest do_wait() const override;
  IpEndpoint do_local() const override;
  IpEndpoint do_remote() const override { return {remote_address, 25}; }
  Status do_status() const override { return status_; }
  std::int32_t do_native() const override { return native_; }

  Fault next_fault();
  void go_mute(Fault fault);
  IoStatus refuse();
  IoStatus came_up();
  IoStatus shake_hands();
  IoStatus fail_handshake(Status status);
  void leave();
  void cut(Ending ending);
  bool cut_due() const;
  void complain(const char* what);
  void hear_peer();
  bool flush_peer();
  bool feed_peer();
  std::size_t read_room(std::size_t wanted);
  std::size_t write_room(std::size_t wanted);
  IoResult broken();
  IoResult take(std::string_view octets, std::size_t n);
  bool by_chance(unsigned one_in);
  bool due(Millis at) const { return static_cast<std::int32_t>(clock_.now - at) >= 0; }

  struct Arrival {
    Speech speech;
    Millis at;
  };

  const VirtualClock& clock_;
  Peer* peer_;
  WireWatch watch_;
  std::deque<Arrival> underway_;
  std::string inbox_;    // arrived at the client
  std::string outbox_;   // on the way to the peer
  std::string offered_;  // octets that were offered and not yet taken
  std::string complaint_;
  State state_ = State::closed;
  Ending ended_ = Ending::none;
  Millis up_at_ = 0;
  Status status_ = Status::ok;
  std::int32_t native_ = 0;
  std::size_t calls_ = 0;
  std::size_t reads_ = 0;
  std::size_t writes_ = 0;
  std::size_t opens_ = 0;
  std::uint16_t port_ = 0;
  std::size_t received_ = 0;
  std::size_t sent_ = 0;
  bool mute_ = false;
  bool stuck_ = false;
  bool deaf_ = false;
  bool write_blocked_ = false;
  bool handshaking_ = false;
  TlsReport report_;
  bool close_again_ = false;
  bool split_done_ = false;
};

}  // namespace mailmote::test

#endif
