#include "contract/memory_net.hpp"

#include <algorithm>

#include "mailmote/yours/net.h"

namespace mailmote::contract {

MemoryNet* MemoryNet::current = nullptr;

int MemoryNet::connect(const std::string& host, std::uint16_t port) {
  if (host == "no.such.name") return NET_NO_NAME;
  if (host == "255.255.255.255") return NET_NO_ROUTE;
  to_far_.clear();
  to_near_.clear();
  exists_ = true;
  finished_ = near_saw_end_ = broken_ = false;
  state_ = NET_UNDER_WAY;
  if (port != kListening && port != kSilent) state_ = NET_REFUSED;
  far.connected = port == kListening;
  return 0;
}

bool MemoryNet::step() {
  if (!exists_) return false;
  if (state_ == NET_UNDER_WAY && far.connected) {
    state_ = NET_OK;
    return true;
  }
  if (!is_up() || broken_) return false;
  const bool heard = move_to_far();
  const bool said = move_from_far();
  return end_far() || heard || said;
}

bool MemoryNet::move_to_far() {
  if (!far.reads) return false;
  const std::size_t n = std::min<std::size_t>(to_far_.size(), 1000);
  far.received.append(to_far_, 0, n);
  to_far_.erase(0, n);
  if (n != 0 || !finished_ || far.saw_end) return n != 0;
  return far.saw_end = true;
}

bool MemoryNet::move_from_far() {
  const std::size_t n = far.ended ? 0 : std::min({far.to_send.size(), kRoom - to_near_.size(), std::size_t{700}});
  to_near_.append(far.to_send, 0, n);
  far.to_send.erase(0, n);
  return n != 0;
}

bool MemoryNet::end_far() {
  if (far.ended || !far.to_send.empty() || (far.ending == Ending::none && !far.saw_end)) return false;
  far.ended = true;
  broken_ = far.ending == Ending::reset;
  near_saw_end_ = !broken_;
  return true;
}

bool MemoryNet::readable() const {
  if (!is_up()) return state_ != NET_UNDER_WAY;
  return !to_near_.empty() || near_saw_end_ || broken_;
}

bool MemoryNet::writable() const {
  if (!is_up()) return state_ != NET_UNDER_WAY;
  return broken_ || (finished_ ? in_flight() == 0 : to_far_.size() < kRoom);
}

int MemoryNet::send(const char* octets, std::size_t size) {
  if (broken_) return NET_RESET;
  const std::size_t n = std::min(size, kRoom - to_far_.size());
  to_far_.append(octets, n);
  return n != 0 ? static_cast<int>(n) : NET_UNDER_WAY;
}

int MemoryNet::receive(char* into, std::size_t size) {
  const std::size_t n = std::min(size, to_near_.size());
  std::copy_n(to_near_.begin(), n, into);
  to_near_.erase(0, n);
  if (n != 0) return static_cast<int>(n);
  if (near_saw_end_) return NET_END;
  return broken_ ? NET_RESET : NET_UNDER_WAY;
}

void MemoryNet::drop() {
  if (is_up() && far.connected && !far.saw_end) far.saw_reset = true;
  exists_ = false;
}

}  // namespace mailmote::contract

using mailmote::contract::MemoryNet;

int net_connect(const char* host, size_t host_size, uint16_t port) {
  return MemoryNet::current->connect(std::string(host, host_size), port);
}
int net_state(int) { return MemoryNet::current->state(); }
int net_send(int, const void* octets, size_t size) {
  return MemoryNet::current->send(static_cast<const char*>(octets), size);
}
int net_receive(int, void* octets, size_t size) {
  return MemoryNet::current->receive(static_cast<char*>(octets), size);
}
void net_finish(int) { MemoryNet::current->finish(); }
size_t net_in_flight(int) { return MemoryNet::current->in_flight(); }
void net_drop(int) { MemoryNet::current->drop(); }
net_end net_local(int) { return {{127, 0, 0, 1}, 50000}; }
net_end net_remote(int) { return {{127, 0, 0, 1}, MemoryNet::kListening}; }
