#include "cares/channel.hpp"

#include <sys/time.h>

#include <algorithm>

namespace mailmote::posix::detail {
namespace {

// Doubled with every try: about half a minute until a silent name server is given up. Its own first timeout, 5 s, is long
// for a datagram that was lost on the radio.
constexpr int kFirstTimeout = 2000;
constexpr int kTries = 4;

// c-ares wants this once, before there are threads that use it.
int initialise() {
  static const int result = ares_library_init(ARES_LIB_INIT_ALL);
  return result;
}

}  // namespace

Channel::Channel(Source source, const char* name_servers) : error_(initialise()) {
  if (error_ != ARES_SUCCESS) return;
  char lookups[] = {static_cast<char>(source), '\0'};
  ares_options options = {};
  options.lookups = lookups;
  options.timeout = kFirstTimeout;
  options.tries = kTries;
  options.sock_state_cb = on_socket;
  options.sock_state_cb_data = this;
  error_ = ares_init_options(&channel_, &options,
                             ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB);
  if (error_ != ARES_SUCCESS) channel_ = nullptr;
  else if (name_servers != nullptr) error_ = ares_set_servers_ports_csv(channel_, name_servers);
}

Channel::~Channel() {
  if (channel_ != nullptr) ares_destroy(channel_);
}

void Channel::on_socket(void* self, ares_socket_t fd, int readable, int writable) {
  Channel& channel = *static_cast<Channel*>(self);
  pollfd* const end = channel.sockets_ + channel.count_;
  pollfd* const place = std::find_if(channel.sockets_, end, [fd](const pollfd& one) { return one.fd == fd; });
  ++channel.generation_;
  if (readable == 0 && writable == 0) {
    if (place != end) *place = channel.sockets_[--channel.count_];
    return;
  }
  if (place == end && channel.count_ == Question::kMaxDescriptors) return;  // that server is left to its timeout
  if (place == end) ++channel.count_;
  *place = {fd, static_cast<short>((readable != 0 ? POLLIN : 0) | (writable != 0 ? POLLOUT : 0)), 0};
}

void Channel::step() {
  pollfd list[Question::kMaxDescriptors];
  const unsigned count = descriptors(list);
  if (poll(list, count, 0) <= 0) return ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
  for (unsigned i = 0; i < count; ++i) {
    const bool reads = (list[i].revents & ~POLLOUT) != 0;
    const bool writes = (list[i].revents & POLLOUT) != 0;
    if (!reads && !writes) continue;
    ares_process_fd(channel_, reads ? list[i].fd : ARES_SOCKET_BAD, writes ? list[i].fd : ARES_SOCKET_BAD);
  }
}

unsigned Channel::descriptors(pollfd* into) const {
  std::copy_n(sockets_, count_, into);
  return count_;
}

Millis Channel::timeout() const {
  timeval left;
  if (channel_ == nullptr || ares_timeout(channel_, nullptr, &left) == nullptr) return kForever;
  return static_cast<Millis>(left.tv_sec * 1000 + (left.tv_usec + 999) / 1000);
}

Status status_of_cares(int error) {
  const bool missing = error == ARES_ENOTFOUND || error == ARES_ENODATA || error == ARES_EBADNAME;
  return missing ? Status::name_not_found : Status::name_lookup_failed;
}

}  // namespace mailmote::posix::detail
