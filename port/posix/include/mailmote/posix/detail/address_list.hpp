// The addresses of a host, and which of them were tried.
#ifndef MAILMOTE_POSIX_DETAIL_ADDRESS_LIST_HPP
#define MAILMOTE_POSIX_DETAIL_ADDRESS_LIST_HPP

#include <cstdint>

#include "mailmote/ip.hpp"

namespace mailmote::posix::detail {

/// At most 16 addresses in fixed storage. A family that comes late still gets half of the places.
class AddressList {
 public:
  static constexpr unsigned kMost = 16;

  void clear() { *this = AddressList(); }

  /// Ignored: what is there already, and what is too much.
  void add(const IpAddress& address);

  const IpAddress& operator[](unsigned place) const { return addresses_[place]; }
  unsigned count() const { return count_; }
  bool empty() const { return count_ == 0; }
  bool has(IpFamily family) const { return count(family) != 0; }

  /// How many were not given up.
  unsigned alive() const;

  /// Whether next() has one.
  bool untried() const { return tried_ != mask(count_) - 1U; }

  /// The next one to try, IPv6 first, then of the other family than the one before where there is one (RFC 8305
  /// section 4). Only when untried().
  unsigned next();

  /// It was tried for good.
  void give_up(unsigned place);

  /// All that were not given up may be tried again.
  void begin_round() { tried_ = given_up_; }

  /// It need not be tried in this round.
  void skip(unsigned place) { tried_ |= mask(place); }

 private:
  static constexpr std::uint32_t mask(unsigned place) { return std::uint32_t{1} << place; }
  unsigned count(IpFamily family) const;
  unsigned replaceable(IpFamily newcomer) const;

  IpAddress addresses_[kMost];
  std::uint32_t tried_ = 0;  // a bit for each place
  std::uint32_t given_up_ = 0;
  unsigned count_ = 0;
  IpFamily last_ = IpFamily::v4;
};

}  // namespace mailmote::posix::detail

#endif
