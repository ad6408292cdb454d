// The port for lwIP's raw API beside lwIP's thread: a thread of the application calls it with the core lock held. This
// lwIP ends the program where one of its functions is called without.
extern "C" {  // which some of these lack
#include <lwip/sockets.h>
#include <lwip/tcpip.h>
}

#include "contract/stream_contract.hpp"
#include "lwip_sockets/os_peer.hpp"
#include "mailmote/lwip/tcp_stream.hpp"

namespace mailmote::contract {
namespace {

class CoreLock {
 public:
  CoreLock() { LOCK_TCPIP_CORE(); }
  ~CoreLock() { UNLOCK_TCPIP_CORE(); }
  CoreLock(const CoreLock&) = delete;
  CoreLock& operator=(const CoreLock&) = delete;
};

/// Does what an application with an operating system does: each call holds the core lock.
class LockedStream final : public Stream {
 public:
  Interest ready() const {
    const CoreLock lock;
    return inner_.ready();
  }

 private:
  template <class Call>
  auto locked(Call call) const {
    const CoreLock lock;
    return call();
  }

  IoStatus do_open(const Endpoint& endpoint) override { return locked([&] { return inner_.open(endpoint); }); }
  IoStatus do_progress(Millis now) override { return locked([&] { return inner_.progress(now); }); }
  IoResult do_read(MutableBytes into) override { return locked([&] { return inner_.read(into); }); }
  IoResult do_write(ByteView from) override { return locked([&] { return inner_.write(from); }); }
  IoStatus do_close() override { return locked([&] { return inner_.close(); }); }
  void do_abort() override { locked([&] { inner_.abort(); }); }
  Interest do_wait() const override { return locked([&] { return inner_.wait(); }); }
  IpEndpoint do_local() const override { return locked([&] { return inner_.local(); }); }
  IpEndpoint do_remote() const override { return locked([&] { return inner_.remote(); }); }
  Status do_status() const override { return locked([&] { return inner_.status(); }); }
  std::int32_t do_native() const override { return locked([&] { return inner_.native(); }); }

  lwip::TcpStream inner_;
};

}  // namespace

template <int Family>
class LwipLockedLink : public OsPeer {
 public:
  LwipLockedLink() : OsPeer(Family) {}
  ~LwipLockedLink() { stream_.abort(); }

  Stream& stream() { return stream_; }

  bool sleep(const Interest& interest) {
    return until([&] {
      const Interest ready = stream_.ready();
      return (interest.read && ready.read) || (interest.write && ready.write);
    });
  }

 private:
  LockedStream stream_;
};

using LwipLockedLinks = testing::Types<LwipLockedLink<AF_INET>, LwipLockedLink<AF_INET6>>;
INSTANTIATE_TYPED_TEST_SUITE_P(LwipLocked, StreamContract, LwipLockedLinks, Numbered);

}  // namespace mailmote::contract
