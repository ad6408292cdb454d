#include "mailmote/posix/detail/address_list.hpp"

#include <cstring>

namespace mailmote::posix::detail {
namespace {

bool same(const IpAddress& a, const IpAddress& b) {
  return a.family == b.family && std::memcmp(a.octets, b.octets, sizeof a.octets) == 0;
}

}  // namespace

unsigned AddressList::count(IpFamily family) const {
  unsigned found = 0;
  for (unsigned i = 0; i < count_; ++i) found += addresses_[i].family == family ? 1 : 0;
  return found;
}

unsigned AddressList::alive() const {
  unsigned found = 0;
  for (unsigned i = 0; i < count_; ++i) found += (given_up_ & mask(i)) == 0 ? 1 : 0;
  return found;
}

void AddressList::add(const IpAddress& address) {
  for (unsigned i = 0; i < count_; ++i) {
    if (same(addresses_[i], address)) return;
  }
  const unsigned place = count_ < kMost ? count_++ : replaceable(address.family);
  if (place < kMost) addresses_[place] = address;
}

// The first untried one of the other family behind that family's half; kMost: there is none.
unsigned AddressList::replaceable(IpFamily newcomer) const {
  unsigned others = 0;
  for (unsigned i = 0; i < kMost; ++i) {
    if (addresses_[i].family == newcomer) continue;
    if (++others > kMost / 2 && (tried_ & mask(i)) == 0) return i;
  }
  return kMost;
}

unsigned AddressList::next() {
  unsigned chosen = kMost;
  for (unsigned i = count_; i-- > 0;) {
    const bool other = addresses_[i].family != last_;
    if ((tried_ & mask(i)) == 0 && (chosen == kMost || other || addresses_[chosen].family == last_)) chosen = i;
  }
  last_ = addresses_[chosen].family;
  skip(chosen);
  return chosen;
}

void AddressList::give_up(unsigned place) {
  given_up_ |= mask(place);
  skip(place);
}

}  // namespace mailmote::posix::detail
