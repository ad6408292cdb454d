// The door between the client and TLS: without a stream that has a TLS layer nothing of it is linked.
#ifndef MAILMOTE_CLIENT_SECURING_HPP
#define MAILMOTE_CLIENT_SECURING_HPP

#include "mailmote/clock.hpp"
#include "mailmote/stream.hpp"

namespace mailmote {

class Client;

struct SecuringFeature {
  /// A new operation begins, and needs a new connection.
  void (*begin)(Client& client);
  /// Chooses the way of the connection that is about to be made.
  void (*choose)(Client& client);
  /// The connection is up. True: it is to be secured before anything is said.
  bool (*before_greeting)(Client& client);
  /// Begins TLS on the connection.
  void (*secure)(Client& client, Millis now);
  /// Moves TLS on, by what the stream said.
  void (*advance)(Client& client, IoStatus status, Millis now);
  /// A trial has failed: another way, or the end.
  void (*failed)(Client& client);
};

}  // namespace mailmote

#endif
