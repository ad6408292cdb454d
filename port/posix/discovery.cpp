#include "mailmote/posix/discovery.hpp"

#include <strings.h>

#include <cstring>
#include <utility>

#include "lookup.hpp"
#include "polled.hpp"

namespace mailmote::posix {
namespace {

constexpr std::string_view kImplicit = "_submissions._tcp.";
constexpr std::string_view kStarttls = "_submission._tcp.";
constexpr std::size_t kMaxName = 253;

// What a host name is made of. Whatever else the DNS may hold belongs into no report and no log.
bool is_host_name(std::string_view name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  return !name.empty() && name.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool is_within(std::string_view host, std::string_view domain) {
  if (host.size() < domain.size()) return false;
  const std::size_t before = host.size() - domain.size();
  return strncasecmp(host.data() + before, domain.data(), domain.size()) == 0 && (before == 0 || host[before - 1] == '.');
}

}  // namespace

Status Discovery::start(Text address) {
  cancel();
  count_ = 0;
  native_ = 0;
  declined_ = false;
  fresh_ = true;
  deadline_.clear();
  std::string_view domain = address.substr(address.rfind('@') + 1);
  if (!domain.empty() && domain.back() == '.') domain.remove_suffix(1);
  const bool fits = is_host_name(domain) && domain.size() + kImplicit.size() <= kMaxName;
  if (!fits) return status_ = Status::invalid_host;
  domain_[domain.copy(domain_, sizeof domain_ - 1)] = '\0';
  status_ = Status::ok;
  ask(Security::implicit);
  return Status::ok;
}

void Discovery::ask(Security security) {
  security_ = security;
  char name[sizeof domain_];
  const std::string_view service = security == Security::implicit ? kImplicit : kStarttls;
  service.copy(name, service.size());
  std::strcpy(name + service.size(), domain_);
  generation_ += 1 + generation();
  const char* const name_servers = options_ != nullptr ? options_->name_servers : nullptr;
  question_ = detail::look_up_services(name, name_servers, {add, this});
}

void Discovery::add(void* context, const detail::Service& service) {
  Discovery& self = *static_cast<Discovery*>(context);
  if (service.host[0] == '\0') self.declined_ = true;
  if (self.count_ == kMostServers || !is_host_name(service.host) || service.port == 0) return;
  self.ranks_[self.count_] = {service.priority, service.weight};
  SubmissionServer& server = self.servers_[self.count_++];
  std::memcpy(server.host, service.host, sizeof server.host);
  server.port = service.port;
  server.security = self.security_;
  server.outside = !is_within(service.host, self.domain_);
}

IoStatus Discovery::progress(Millis now) {
  if (status_ != Status::ok) return IoStatus::error;
  if (question_ == nullptr) return count_ != 0 ? IoStatus::ok : fail(Status::name_lookup_failed, 0);
  now_ = now;
  fresh_ = false;
  if (!deadline_.armed()) deadline_.set(now, timeout_);
  question_->step();
  if (!question_->done() && deadline_.expired(now)) return fail(Status::name_lookup_failed, 0);
  if (!question_->done()) return IoStatus::would_block;
  const Status status = question_->status();
  if (status == Status::name_lookup_failed) return fail(status, question_->native());
  if (count_ == 0 && security_ == Security::implicit) {
    ask(Security::starttls);
    fresh_ = true;
    return IoStatus::would_block;
  }
  if (count_ == 0) return fail(Status::name_not_found, question_->native());
  question_.reset();
  declined_ = false;
  sort();
  return IoStatus::ok;
}

IoStatus Discovery::fail(Status status, std::int32_t native) {
  cancel();
  count_ = 0;
  status_ = status;
  native_ = native;
  return IoStatus::error;
}

void Discovery::sort() {
  for (unsigned place = 0; place < count_; ++place) {
    const unsigned chosen = pick(place);
    std::swap(ranks_[place], ranks_[chosen]);
    std::swap(servers_[place], servers_[chosen]);
  }
}

// Of the places from `first` on: of the smallest priority, one at random; twice the weight, twice the chance.
unsigned Discovery::pick(unsigned first) const {
  std::uint16_t priority = ranks_[first].priority;
  for (unsigned i = first; i < count_; ++i) priority = ranks_[i].priority < priority ? ranks_[i].priority : priority;
  std::uint32_t sum = 0;
  for (unsigned i = first; i < count_; ++i) sum += ranks_[i].priority == priority ? ranks_[i].weight : 0U;
  std::uint32_t drawn = 0;
  static_cast<void>(random(nullptr, reinterpret_cast<std::uint8_t*>(&drawn), sizeof drawn));
  drawn = sum == 0 ? 0 : drawn % sum;
  for (unsigned i = first; i < count_; ++i) {
    if (ranks_[i].priority != priority) continue;
    if (sum == 0 || drawn < ranks_[i].weight) return i;
    drawn -= ranks_[i].weight;
  }
  return first;
}

// Looking.

Interest Discovery::wait() const { return detail::interest_in(question_.get(), deadline_, now_, fresh_); }

unsigned Discovery::descriptors(pollfd* into) const { return question_ != nullptr ? question_->descriptors(into) : 0; }

unsigned Discovery::generation() const { return generation_ + (question_ != nullptr ? question_->generation() : 0); }

Status run(Discovery& discovery) { return detail::run_to_the_end(discovery); }

}  // namespace mailmote::posix
