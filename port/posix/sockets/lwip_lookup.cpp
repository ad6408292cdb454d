// Names on lwIP's sockets, ESP-IDF's too: lwIP's thread asks its resolver and hears the answer, and nothing waits for
// it. Nothing is allocated: as many look-ups have a place as lwIP's resolver takes at a time by default.
#include <lwip/dns.h>
#include <lwip/sys.h>
#include <lwip/tcpip.h>

#include <cstring>

#include "lookup.hpp"
#include "mailmote/posix/tcp_options.hpp"

namespace mailmote::posix {
namespace detail {
namespace {

constexpr unsigned kLookups = 4;   // at the same time
constexpr Millis kAskAgain = 20;   // no descriptor tells that the answer is there

template <class Call>
void guarded(Call call) {
  SYS_ARCH_DECL_PROTECT(level);
  SYS_ARCH_PROTECT(level);
  call();
  SYS_ARCH_UNPROTECT(level);
}

IpAddress address_of(const ip_addr_t& from) {
  IpAddress address;
  const bool is_v6 = IP_IS_V6_VAL(from);
  address.family = is_v6 ? IpFamily::v6 : IpFamily::v4;
  if (is_v6) std::memcpy(address.octets, ip_2_ip6(&from)->addr, 16);
  else std::memcpy(address.octets, &ip_2_ip4(&from)->addr, 4);
  return address;
}

/// A look-up cannot be cancelled, and its answer may come when nobody waits any more or somebody else does. So what
/// lwIP gets is a number, which says whose answer it is.
class LwipLookup final : public Lookup {
 public:
  constexpr LwipLookup() = default;

  /// Null: all places are taken.
  static LwipLookup* begin(const char* host, AddressList& into);
  void forget();

  void step() override;
  bool done() const override { return done_; }
  bool awaits(IpFamily) const override { return !done_; }
  Status status() const override { return done_ && error_ != ERR_OK ? Status::name_lookup_failed : Status::ok; }
  std::int32_t native() const override { return error_; }
  unsigned descriptors(pollfd*) const override { return 0; }
  Millis timeout() const override { return done_ ? kForever : kAskAgain; }
  unsigned generation() const override { return 0; }

 private:
  bool post();

  // In lwIP's thread.
  static void ask(void* ticket);
  static void found(const char* host, const ip_addr_t* address, void* ticket);
  static void answer(void* ticket, const ip_addr_t* address, err_t error);

  static LwipLookup& of(void* ticket) { return places_[reinterpret_cast<std::uintptr_t>(ticket) % kLookups]; }

  static LwipLookup places_[kLookups];
  static std::uintptr_t tickets_;  // given out so far

  char host_[254] = {};
  AddressList* into_ = nullptr;
  bool asked_ = false;  // lwIP's thread has taken the question
  bool done_ = false;

  // What lwIP's thread sees too, guarded.
  std::uintptr_t ticket_ = 0;  // 0: nobody waits
  bool posted_ = false;        // lwIP's thread is still to ask: the host's name stays
  bool answered_ = false;
  err_t error_ = ERR_OK;
  IpAddress address_;
};

LwipLookup LwipLookup::places_[kLookups];
std::uintptr_t LwipLookup::tickets_ = 0;

LwipLookup* LwipLookup::begin(const char* host, AddressList& into) {
  LwipLookup* own = nullptr;
  guarded([&] {
    for (std::uintptr_t place = 0; place < kLookups && own == nullptr; ++place) {
      LwipLookup& one = places_[place];
      if (one.ticket_ != 0 || one.posted_) continue;
      own = &one;
      own->ticket_ = ++tickets_ * kLookups + place;
      own->answered_ = false;
    }
  });
  if (own == nullptr) return nullptr;
  std::memcpy(own->host_, host, std::strlen(host) + 1);
  own->into_ = &into;
  own->done_ = false;
  own->error_ = ERR_OK;
  own->asked_ = own->post();
  return own;
}

// False: lwIP's thread has too much to do. It is tried again.
bool LwipLookup::post() {
  guarded([&] { posted_ = true; });
  const bool taken = tcpip_try_callback(&LwipLookup::ask, reinterpret_cast<void*>(ticket_)) == ERR_OK;
  if (!taken) guarded([&] { posted_ = false; });
  return taken;
}

void LwipLookup::step() {
  if (done_) return;
  if (!asked_) asked_ = post();
  guarded([&] { done_ = answered_; });
  if (done_ && error_ == ERR_OK) into_->add(address_);
}

void LwipLookup::forget() {
  guarded([&] { ticket_ = 0; });
}

void LwipLookup::ask(void* ticket) {
  LwipLookup& own = of(ticket);
  ip_addr_t address;
  const err_t error = dns_gethostbyname(own.host_, &address, &LwipLookup::found, ticket);
  if (error != ERR_INPROGRESS) answer(ticket, &address, error);
  guarded([&] { own.posted_ = false; });
}

// Null: lwIP does not say whether the name or the name server was missing.
void LwipLookup::found(const char*, const ip_addr_t* address, void* ticket) {
  answer(ticket, address, address != nullptr ? err_t{ERR_OK} : err_t{ERR_VAL});
}

void LwipLookup::answer(void* ticket, const ip_addr_t* address, err_t error) {
  LwipLookup& own = of(ticket);
  guarded([&] {
    if (own.ticket_ != reinterpret_cast<std::uintptr_t>(ticket)) return;
    own.answered_ = true;
    own.error_ = error;
    if (error == ERR_OK) own.address_ = address_of(*address);
  });
}

}  // namespace

void Forget::operator()(Lookup* lookup) const { static_cast<LwipLookup*>(lookup)->forget(); }

LookupPointer look_up(const char* host, const char*, AddressList& into) {
  return LookupPointer(LwipLookup::begin(host, into));
}

}  // namespace detail

bool look_up_blocks() { return false; }

}  // namespace mailmote::posix
