// A name server on the loopback interface that says what a test wants it to say, over UDP and TCP.
#ifndef MAILMOTE_TESTS_DNS_SERVER_HPP
#define MAILMOTE_TESTS_DNS_SERVER_HPP

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace mailmote::test {

enum class RecordType : std::uint16_t { a = 1, cname = 5, aaaa = 28, srv = 33 };

/// What is said to one question. As it is: the name exists and has no such record.
struct DnsAnswer {
  std::vector<std::string> records;  ///< their data, as it goes out
  std::vector<std::string> aliases;  ///< the names on the way (CNAME), the last of which has the records
  int code = 0;                      ///< RCODE: 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED
  int delay_ms = 0;
  bool truncated = false;            ///< by UDP only that it is too long; by TCP all of it
  bool silent = false;               ///< nothing is said at all
};

class DnsServer {
 public:
  DnsServer();
  ~DnsServer();
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;

  /// For TcpOptions::name_servers.
  const char* address() const { return address_.c_str(); }

  /// Says `address`, an IPv4 or IPv6 one, too.
  void add(const std::string& name, const std::string& address);
  void add_service(const std::string& name, unsigned priority, unsigned weight, unsigned port, const std::string& host);

  /// For all that add() cannot say. Only before the question comes.
  DnsAnswer& answer(const std::string& name, RecordType type) { return answers_[{name, type}]; }

  /// What was asked so far, such as "A mail.example.com", with "TCP " in front where it came by TCP.
  std::vector<std::string> questions();

 private:
  using Clock = std::chrono::steady_clock;
  struct Reply {
    Clock::time_point due;
    int fd;
    std::string octets;
    std::string peer;  // a sockaddr; empty: by TCP
  };

  void serve();
  int next_delay() const;
  void take_datagram();
  void take_stream();
  void reply_to(const std::string& query, int fd, const std::string& peer);
  void send_due();

  std::string address_;
  std::map<std::pair<std::string, RecordType>, DnsAnswer> answers_;
  std::vector<Reply> replies_;
  std::vector<std::string> questions_;
  std::mutex mutex_;
  int udp_ = -1;
  int tcp_ = -1;
  int stop_[2] = {-1, -1};
  std::thread thread_;
};

}  // namespace mailmote::test

#endif
