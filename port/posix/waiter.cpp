#include "mailmote/posix/waiter.hpp"

#include "sockets.hpp"

namespace mailmote::posix {

// A descriptor for which nothing is wanted is left out, because poll(2) reports its end all the same.
void wait(const Wait& wait, TcpStream& stream) {
  pollfd list[TcpStream::kMaxDescriptors];
  const unsigned count = stream.descriptors(wait, list);
  const int timeout = wait.timeout == kForever ? -1 : static_cast<int>(wait.timeout);
  if (poll(list, count, timeout) > 0) stream.ready(list, count);
}

Outcome run(Client& client, TcpStream& stream) {
  for (;;) {
    const Millis time = now();
    switch (client.poll(time)) {
      case Poll::again: break;
      case Poll::wait: wait(client.wait(time), stream); break;
      case Poll::done:
      case Poll::idle: return client.outcome();
    }
  }
}

void drain(Client& client, TcpStream& stream) {
  for (;;) {
    const Millis time = now();
    const Poll said = client.poll(time);
    if (said == Poll::idle) return;
    if (said == Poll::wait) wait(client.wait(time), stream);
  }
}

}  // namespace mailmote::posix
