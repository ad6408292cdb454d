#include "dns_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace mailmote::test {
namespace {

constexpr std::size_t kHeader = 12;

std::string two(unsigned value) { return {static_cast<char>(value >> 8U), static_cast<char>(value & 0xffU)}; }

std::string encoded(const std::string& name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find('.', at), name.size());
    out += static_cast<char>(end - at) + name.substr(at, end - at);
    at = end + 1;
  }
  return out + '\0';
}

// Of a question that a resolver asked: no pointers. `at` is moved behind it.
std::string decoded(const std::string& query, std::size_t& at) {
  std::string name;
  while (at < query.size() && query[at] != '\0') {
    const auto size = static_cast<std::size_t>(query[at]);
    name += (name.empty() ? "" : ".") + query.substr(at + 1, size);
    at += size + 1;
  }
  ++at;
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

std::string record(const std::string& owner, RecordType type, const std::string& data) {
  const std::string ttl("\0\0\0\5", 4);
  return encoded(owner) + two(static_cast<unsigned>(type)) + two(1) + ttl + two(static_cast<unsigned>(data.size())) + data;
}

std::string name_of(RecordType type) {
  switch (type) {
    case RecordType::a: return "A";
    case RecordType::aaaa: return "AAAA";
    case RecordType::srv: return "SRV";
    case RecordType::cname: return "CNAME";
  }
  return "type " + std::to_string(static_cast<unsigned>(type));
}

int bound(int type, std::uint16_t& port) {
  const int fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(fd, any, size) != 0 || getsockname(fd, any, &size) != 0) {
    close(fd);
    return -1;
  }
  port = ntohs(address.sin_port);
  return fd;
}

}  // namespace

// The same port twice: another one when that of UDP is taken for TCP.
DnsServer::DnsServer() {
  std::uint16_t port = 0;
  for (int i = 0; i < 20 && tcp_ < 0; ++i) {
    if (udp_ >= 0) close(udp_);
    port = 0;
    udp_ = bound(SOCK_DGRAM, port);
    tcp_ = bound(SOCK_STREAM, port);
  }
  if (tcp_ < 0 || listen(tcp_, 8) != 0 || pipe(stop_) != 0) throw std::runtime_error("no port for a name server");
  address_ = "127.0.0.1:" + std::to_string(port);
  thread_ = std::thread([this] { serve(); });
}

DnsServer::~DnsServer() {
  close(stop_[1]);
  thread_.join();
  for (const int fd : {udp_, tcp_, stop_[0]}) close(fd);
}

void DnsServer::add(const std::string& name, const std::string& address) {
  char octets[16];
  const bool is_v6 = address.find(':') != std::string::npos;
  if (inet_pton(is_v6 ? AF_INET6 : AF_INET, address.c_str(), octets) != 1) throw std::invalid_argument(address);
  answer(name, is_v6 ? RecordType::aaaa : RecordType::a).records.emplace_back(octets, is_v6 ? 16 : 4);
}

void DnsServer::add_service(const std::string& name, unsigned priority, unsigned weight, unsigned port,
                            const std::string& host) {
  answer(name, RecordType::srv).records.push_back(two(priority) + two(weight) + two(port) + encoded(host));
}

std::vector<std::string> DnsServer::questions() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return questions_;
}

void DnsServer::serve() {
  for (;;) {
    pollfd list[] = {{stop_[0], POLLIN, 0}, {udp_, POLLIN, 0}, {tcp_, POLLIN, 0}};
    poll(list, 3, next_delay());
    if (list[0].revents != 0) break;
    if (list[1].revents != 0) take_datagram();
    if (list[2].revents != 0) take_stream();
    send_due();
  }
  for (const Reply& reply : replies_) {
    if (reply.peer.empty()) close(reply.fd);
  }
}

int DnsServer::next_delay() const {
  using std::chrono::milliseconds;
  milliseconds shortest(-1);
  for (const Reply& reply : replies_) {
    const auto left = std::max(milliseconds(0), std::chrono::ceil<milliseconds>(reply.due - Clock::now()));
    if (shortest < milliseconds(0) || left < shortest) shortest = left;
  }
  return static_cast<int>(shortest.count());
}

void DnsServer::take_datagram() {
  char octets[2048];
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  const ssize_t n = recvfrom(udp_, octets, sizeof octets, 0, reinterpret_cast<sockaddr*>(&peer), &size);
  if (n <= 0) return;
  reply_to({octets, static_cast<std::size_t>(n)}, udp_, {reinterpret_cast<char*>(&peer), size});
}

// The questions come at once and in one piece. The connection ends with the last answer.
void DnsServer::take_stream() {
  const int fd = accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd < 0) return;
  const timeval patience = {5, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  char octets[2048];
  const ssize_t n = recv(fd, octets, sizeof octets, 0);
  const std::string all(octets, n > 0 ? static_cast<std::size_t>(n) : 0);
  for (std::size_t at = 0; at + 2 < all.size();) {
    const auto size = static_cast<std::size_t>(static_cast<unsigned char>(all[at]) * 256 + static_cast<unsigned char>(all[at + 1]));
    reply_to(all.substr(at + 2, size), dup(fd), "");
    at += 2 + size;
  }
  close(fd);
}

void DnsServer::reply_to(const std::string& query, int fd, const std::string& peer) {
  std::size_t at = kHeader;
  const std::string name = decoded(query, at);
  const auto type = static_cast<RecordType>(static_cast<unsigned char>(query[at + 1]));
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    questions_.push_back((peer.empty() ? "TCP " : "") + name_of(type) + " " + name);
  }
  const auto found = answers_.find({name, type});
  DnsAnswer said;
  if (found != answers_.end()) said = found->second;
  const bool exists = std::any_of(answers_.begin(), answers_.end(), [&](const auto& one) { return one.first.first == name; });
  const unsigned code = exists ? static_cast<unsigned>(said.code) : 3;
  const bool cut = said.truncated && !peer.empty();
  std::string records;
  std::string owner = name;
  unsigned count = 0;
  for (const std::string& alias : said.aliases) {
    records += record(owner, RecordType::cname, encoded(alias));
    owner = alias;
    ++count;
  }
  for (const std::string& data : said.records) {
    records += record(owner, type, data);
    ++count;
  }
  if (cut || code != 0) records.clear();
  std::string octets = query.substr(0, 2) + two(0x8180U | (cut ? 0x200U : 0U) | code) + two(1);
  octets += two(records.empty() ? 0 : count) + two(0) + two(0) + query.substr(kHeader, at + 4 - kHeader) + records;
  if (peer.empty()) octets = two(static_cast<unsigned>(octets.size())) + octets;
  if (said.silent) octets.clear();
  replies_.push_back({Clock::now() + std::chrono::milliseconds(said.delay_ms), fd, octets, peer});
}

void DnsServer::send_due() {
  for (std::size_t i = 0; i < replies_.size();) {
    const Reply& reply = replies_[i];
    if (reply.due > Clock::now()) {
      ++i;
      continue;
    }
    const auto* const peer = reinterpret_cast<const sockaddr*>(reply.peer.data());
    const auto size = static_cast<socklen_t>(reply.peer.size());
    if (!reply.octets.empty()) {
      sendto(reply.fd, reply.octets.data(), reply.octets.size(), MSG_NOSIGNAL, size != 0 ? peer : nullptr, size);
    }
    if (reply.peer.empty()) close(reply.fd);
    replies_.erase(replies_.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace mailmote::test
