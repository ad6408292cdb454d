// The door between the session and BDAT: what is not named in Options::chunking is not linked.
#ifndef MAILMOTE_SESSION_CHUNKING_FEATURE_HPP
#define MAILMOTE_SESSION_CHUNKING_FEATURE_HPP

#include <cstdint>

namespace mailmote {

class Session;
class Sink;
struct Reply;

struct ChunkingFeature {
  /// Whether content may be binary: the server offers BINARYMIME and CHUNKING.
  bool (*takes_binary)(const Session& session);
  /// Decides for the transaction that begins: true when it does not begin now, because a count of the content has to come
  /// first (Phase::measure), or because the message was refused.
  bool (*plan)(Session& session);
  /// Counts a piece of the content; begins the transaction after the last one.
  void (*measure)(Session& session);
  /// Puts the parameter of MAIL for binary content.
  void (*write_body)(Sink& sink);
  /// Puts the command, without the line end.
  void (*write)(Sink& sink, std::uint32_t length);
  /// True when the reply refuses BDAT itself: then the chunk may have been taken for commands.
  bool (*refused)(const Reply& reply);
};

}  // namespace mailmote

#endif
