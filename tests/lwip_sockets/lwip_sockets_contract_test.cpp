// The sockets port on lwIP's own sockets, with lwIP's thread.
#include <lwip/sockets.h>

#include "contract/stream_contract.hpp"
#include "lwip_sockets/os_peer.hpp"
#include "mailmote/posix/tcp_stream.hpp"

namespace mailmote::contract {

template <int Family>
class LwipSocketsLink : public OsPeer {
 public:
  LwipSocketsLink() : OsPeer(Family) {}
  ~LwipSocketsLink() { stream_.abort(); }

  Stream& stream() { return stream_; }

  bool sleep(const Interest& interest) {
    const Millis begin = now();
    return until([&] {
      if (interest.timeout != Interest::kNoLimit && now() - begin >= interest.timeout) return true;
      pollfd list[posix::TcpStream::kMaxDescriptors];
      const unsigned count = stream_.descriptors({kForever, interest.read, interest.write}, list);
      if (count == 0 || lwip_poll(list, count, 2) < 1) return false;
      if (++wakes_ % 2 == 0) stream_.ready(list, count);  // both ways of driving the stream, with the hint and without
      return true;
    });
  }

 private:
  posix::TcpStream stream_;
  unsigned wakes_ = 0;
};

using LwipSocketsLinks = testing::Types<LwipSocketsLink<AF_INET>, LwipSocketsLink<AF_INET6>>;
INSTANTIATE_TYPED_TEST_SUITE_P(LwipSockets, StreamContract, LwipSocketsLinks, Numbered);

}  // namespace mailmote::contract
