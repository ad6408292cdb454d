// A question that is over as soon as it is asked, for look-ups that block.
#ifndef MAILMOTE_POSIX_ANSWERED_HPP
#define MAILMOTE_POSIX_ANSWERED_HPP

#include "lookup.hpp"

namespace mailmote::posix::detail {

class Answered final : public Lookup {
 public:
  Answered(Status status, std::int32_t native) : status_(status), native_(native) {}

  void step() override {}
  bool done() const override { return true; }
  bool awaits(IpFamily) const override { return false; }
  Status status() const override { return status_; }
  std::int32_t native() const override { return native_; }
  unsigned descriptors(pollfd*) const override { return 0; }
  Millis timeout() const override { return kForever; }
  unsigned generation() const override { return 0; }

 private:
  Status status_;
  std::int32_t native_;
};

}  // namespace mailmote::posix::detail

#endif
