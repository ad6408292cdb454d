// Names on Zephyr's sockets: their getaddrinfo, which blocks. Nothing is allocated: what came of a question is one of
// three objects that never change.
#include "answered.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "socket_address.hpp"
#include "sockets.hpp"

namespace mailmote::posix {
namespace detail {
namespace {

Answered found(Status::ok, 0);
Answered not_found(Status::name_not_found, 0);
Answered failed(Status::name_lookup_failed, 0);

}  // namespace

void Forget::operator()(Lookup*) const {}

LookupPointer look_up(const char* host, const char*, AddressList& into) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(host, nullptr, &hints, &list);
  if (error != 0) return LookupPointer(error == EAI_NONAME ? &not_found : &failed);
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
    IpAddress address;
    if (to_address(*one->ai_addr, address)) into.add(address);
  }
  freeaddrinfo(list);
  return LookupPointer(into.empty() ? &not_found : &found);
}

}  // namespace detail

bool look_up_blocks() { return true; }

}  // namespace mailmote::posix
