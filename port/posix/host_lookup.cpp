#include "mailmote/posix/host_lookup.hpp"

#include <arpa/inet.h>

#include "lookup.hpp"
#include "polled.hpp"
#include "socket_address.hpp"

namespace mailmote::posix {

Status HostLookup::start(Text host) {
  char whole[254];
  std::uint32_t scope = 0;
  IpAddress numeric;
  cancel();
  addresses_.clear();
  deadline_.clear();
  native_ = 0;
  fresh_ = true;
  if (host.empty() || host.size() >= sizeof whole) return status_ = Status::invalid_host;
  status_ = Status::ok;
  whole[host.copy(whole, sizeof whole - 1)] = '\0';
  if (parse_address(whole, numeric, scope)) addresses_.add(numeric);
  else question_ = detail::look_up(whole, options_ != nullptr ? options_->name_servers : nullptr, addresses_);
  return Status::ok;
}

IoStatus HostLookup::progress(Millis now) {
  if (status_ != Status::ok) return IoStatus::error;
  if (question_ == nullptr) return addresses_.empty() ? fail(Status::name_lookup_failed, 0) : IoStatus::ok;
  now_ = now;
  fresh_ = false;
  if (!deadline_.armed()) deadline_.set(now, timeout_);
  question_->step();
  const bool done = question_->done() || deadline_.expired(now);
  if (!done) return IoStatus::would_block;
  if (addresses_.empty() && question_->done()) return fail(question_->status(), question_->native());
  question_.reset();
  return addresses_.empty() ? fail(Status::name_lookup_failed, 0) : IoStatus::ok;
}

IoStatus HostLookup::fail(Status status, std::int32_t native) {
  cancel();
  status_ = status;
  native_ = native;
  return IoStatus::error;
}

Interest HostLookup::wait() const { return detail::interest_in(question_.get(), deadline_, now_, fresh_); }

unsigned HostLookup::descriptors(pollfd* into) const { return question_ != nullptr ? question_->descriptors(into) : 0; }

Text HostLookup::address(IpFamily family) {
  for (const IpFamily wanted : {IpFamily::v4, IpFamily::v6}) {
    const bool fits = family == IpFamily::none || family == wanted;
    for (unsigned i = 0; fits && i < addresses_.count(); ++i) {
      if (addresses_[i].family != wanted) continue;
      return inet_ntop(wanted == IpFamily::v4 ? AF_INET : AF_INET6, addresses_[i].octets, text_, sizeof text_);
    }
  }
  return {};
}

Status run(HostLookup& lookup) { return detail::run_to_the_end(lookup); }

}  // namespace mailmote::posix
