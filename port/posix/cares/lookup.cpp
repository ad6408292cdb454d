// Names by c-ares.
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <new>

#include "cares/channel.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "socket_address.hpp"

namespace mailmote::posix {
namespace detail {
namespace {

void add_all(ares_addrinfo* found, AddressList& into) {
  if (found == nullptr) return;
  for (const ares_addrinfo_node* one = found->nodes; one != nullptr; one = one->ai_next) {
    IpAddress address;
    if (to_address(*one->ai_addr, address)) into.add(address);
  }
  ares_freeaddrinfo(found);
}

void on_hosts_file(void* list, int, int, ares_addrinfo* found) { add_all(found, *static_cast<AddressList*>(list)); }

void ask(const Channel& channel, const char* host, int family, ares_addrinfo_callback callback, void* context) {
  ares_addrinfo_hints hints = {};
  hints.ai_family = family;
  hints.ai_socktype = SOCK_STREAM;
  ares_getaddrinfo(channel.get(), host, nullptr, &hints, callback, context);
}

class CaresLookup final : public Lookup {
 public:
  CaresLookup(const char* name_servers, AddressList& into) : list_(into), channel_(Channel::Source::dns, name_servers) {}

  void begin(const char* host);

  void step() override { channel_.step(); }
  bool done() const override { return !asks_[0].open && !asks_[1].open; }
  bool awaits(IpFamily family) const override;
  Status status() const override;
  std::int32_t native() const override { return error_; }
  unsigned descriptors(pollfd* into) const override { return channel_.descriptors(into); }
  Millis timeout() const override { return channel_.timeout(); }
  unsigned generation() const override { return channel_.generation(); }

 private:
  struct Ask {
    CaresLookup* lookup = nullptr;
    int family = AF_UNSPEC;
    bool open = false;
  };

  void begin_ask(Ask& ask, const char* host, int family);
  static void on_answer(void* ask, int error, int timeouts, ares_addrinfo* found);

  AddressList& list_;
  Ask asks_[2];
  int error_ = ARES_SUCCESS;
  Channel channel_;  // the last: when it goes, it still tells the asks
};

// The hosts file decides alone where it knows the name. A name with a dot is taken as it is: c-ares would look for the
// family that is missing in the search domains, and there find another host.
void CaresLookup::begin(const char* host) {
  error_ = channel_.error();
  if (error_ != ARES_SUCCESS) return;
  const Channel hosts_file(Channel::Source::hosts_file, nullptr);
  if (hosts_file.error() == ARES_SUCCESS) ask(hosts_file, host, AF_UNSPEC, on_hosts_file, &list_);
  if (!list_.empty()) return;
  if (std::strchr(host, '.') == nullptr) return begin_ask(asks_[0], host, AF_UNSPEC);
  char whole[256];
  const std::size_t size = std::strlen(host);
  std::memcpy(whole, host, size + 1);
  if (whole[size - 1] != '.') std::memcpy(whole + size, ".", 2);
  asks_[0].open = asks_[1].open = true;  // an answer that comes at once must not look like the last
  begin_ask(asks_[0], whole, AF_INET6);
  begin_ask(asks_[1], whole, AF_INET);
}

void CaresLookup::begin_ask(Ask& asked, const char* host, int family) {
  asked = {this, family, true};
  ask(channel_, host, family, on_answer, &asked);
}

void CaresLookup::on_answer(void* context, int error, int, ares_addrinfo* found) {
  if (error == ARES_EDESTRUCTION) return;
  Ask& asked = *static_cast<Ask*>(context);
  CaresLookup& self = *asked.lookup;
  asked.open = false;
  add_all(found, self.list_);
  const bool tells_more = self.error_ == ARES_SUCCESS || status_of_cares(self.error_) == Status::name_not_found;
  if (error != ARES_SUCCESS && tells_more) self.error_ = error;
}

bool CaresLookup::awaits(IpFamily family) const {
  for (const Ask& asked : asks_) {
    const bool covers = asked.family == AF_UNSPEC || (asked.family == AF_INET) == (family == IpFamily::v4);
    if (asked.open && covers) return true;
  }
  return false;
}

Status CaresLookup::status() const {
  if (!done() || !list_.empty()) return Status::ok;
  return error_ == ARES_SUCCESS ? Status::name_not_found : status_of_cares(error_);
}

}  // namespace

LookupPointer look_up(const char* host, const char* name_servers, AddressList& into) {
  auto* const lookup = new (std::nothrow) CaresLookup(name_servers, into);
  if (lookup != nullptr) lookup->begin(host);
  return LookupPointer(lookup);
}

}  // namespace detail

bool look_up_blocks() { return false; }

}  // namespace mailmote::posix
