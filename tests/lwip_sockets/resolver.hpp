// Names for tests, as Debian's lwIP is built without a resolver.
#ifndef MAILMOTE_TESTS_LWIP_SOCKETS_RESOLVER_HPP
#define MAILMOTE_TESTS_LWIP_SOCKETS_RESOLVER_HPP

#include <string>

namespace mailmote::contract {

/// What lwIP knows of a name. "known.name" is 10.0.0.1 at once; a name that begins with "late" waits for answer(); any
/// other does not exist, which lwIP's thread says a little later.
class Resolver {
 public:
  /// How many late names are waited for.
  static std::size_t waiting();

  /// In lwIP's thread: the first question for this late name is answered. Null: there is no such name. Returns when
  /// that is done.
  static void answer(const std::string& name, const char* address);
};

}  // namespace mailmote::contract

#endif
