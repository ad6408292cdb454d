// What the tests of stream_contract.hpp share: a stream, its link, and ways to move octets that wait as wait() says.
#ifndef MAILMOTE_TESTS_CONTRACT_STREAM_FIXTURE_HPP
#define MAILMOTE_TESTS_CONTRACT_STREAM_FIXTURE_HPP

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <random>
#include <string>

#include "contract/far_end.hpp"
#include "mailmote/stream.hpp"

namespace mailmote::contract {

/// Names the instances of the suite by their numbers.
struct Numbered {
  template <class Link>
  static std::string GetName(int number) {
    return std::to_string(number);
  }
};

/// Whether a link leads through a proxy. Only the proxy knows then where the far end is, and why it cannot be reached.
template <class Link>
inline constexpr bool kThroughProxy = false;

/// Whether a link's system offers little: it connects by a call that blocks, does not say why a connection failed or broke,
/// nor where its two ends are, and ends both directions at once. Arduino's is like that.
template <class Link>
inline constexpr bool kBareSystem = false;

/// Octets that differ from place to place.
inline std::string noise(std::size_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string octets(size, '\0');
  std::generate(octets.begin(), octets.end(), [&] { return static_cast<char>(random()); });
  return octets;
}

/// More than any connection takes while nobody reads. The period is odd, so that a piece in a wrong place is seen.
inline const std::string& plenty() {
  static const std::string octets = [] {
    const std::string period = noise(65521);
    std::string all;
    while (all.size() < 64U << 20U) all += period;
    return all;
  }();
  return octets;
}

inline ByteView view(const std::string& octets, std::size_t at = 0, std::size_t size = std::string::npos) {
  return {reinterpret_cast<const std::uint8_t*>(octets.data()) + at, std::min(size, octets.size() - at)};
}

template <class Link>
class StreamContract : public testing::Test {
 protected:
  void SetUp() override {
    if (!link.why_unavailable().empty()) GTEST_SKIP() << "skipped: " << link.why_unavailable();
  }
  void TearDown() override { stream.abort(); }

  /// Waits for nothing but what wait() says, as a select loop does.
  bool sleep() {
    const Interest interest = stream.wait();
    if (interest.again) return true;
    const bool woken = link.sleep(interest);
    EXPECT_TRUE(woken) << "a stall: wait() says read " << interest.read << ", write " << interest.write;
    return woken;
  }

  IoStatus open(const Endpoint& endpoint) {
    IoStatus status = stream.open(endpoint);
    while (status == IoStatus::would_block && sleep()) status = stream.progress(link.now());
    return status;
  }

  void connect() {
    ASSERT_EQ(open(link.listening()), IoStatus::ok);
    ASSERT_TRUE(link.until([this] { return link.far().connected; }));
  }

  /// Lets the world go on a little.
  void pass() {
    link.until([steps = 0]() mutable { return ++steps > 3; });
  }

  /// After an abort.
  void expect_far_end_to_notice() {
    if (!link.abort_is_noticed()) return;
    EXPECT_TRUE(link.until([this] { return link.far().saw_end || link.far().saw_reset; }));
  }

  /// The far end of the next connection knows nothing of this one.
  void forget() { link.far() = FarEnd{}; }

  IoResult read_some(std::string& into, std::size_t size = 999) {
    std::string buffer(size, '\0');
    const IoResult result = stream.read({reinterpret_cast<std::uint8_t*>(buffer.data()), size});
    if (result.status == IoStatus::ok) into.append(buffer, 0, result.n);
    return result;
  }

  /// Reads until the stream says that nothing more comes; what it said is put into `last`.
  std::string read_to_end(IoStatus& last, std::size_t size = 999) {
    std::string all;
    do last = read_some(all, size).status;
    while (last == IoStatus::ok || (last == IoStatus::would_block && sleep()));
    return all;
  }

  std::string read_exactly(std::size_t size) {
    std::string all;
    while (all.size() < size) {
      const IoStatus status = read_some(all, size - all.size()).status;
      if (status != IoStatus::ok && (status != IoStatus::would_block || !sleep())) break;
    }
    return all;
  }

  void write_all(const std::string& octets) {
    for (std::size_t at = 0; at < octets.size();) {
      const IoResult result = stream.write(view(octets, at));
      if (result.status == IoStatus::ok) at += result.n;
      if (result.status == IoStatus::would_block && !sleep()) return;
      ASSERT_TRUE(result.status == IoStatus::ok || result.status == IoStatus::would_block);
    }
  }

  /// Writes until the stream takes no more now. Returns how much it took.
  std::size_t write_until_blocked(const std::string& octets) {
    std::size_t at = 0;
    while (at < octets.size()) {
      const IoResult result = stream.write(view(octets, at));
      if (result.status != IoStatus::ok) {
        EXPECT_EQ(result.status, IoStatus::would_block);
        return at;
      }
      at += result.n;
    }
    ADD_FAILURE() << "the stream took " << at << " octets that nobody reads";
    return at;
  }

  IoStatus close() {
    IoStatus status = stream.close();
    while (status == IoStatus::would_block && sleep()) status = stream.close();
    return status;
  }

  void expect_dialogue() {
    write_all("ping\r\n");
    EXPECT_TRUE(link.until([this] { return link.far().received == "ping\r\n"; })) << link.far().received;
    link.far().to_send = "pong\r\n";
    EXPECT_EQ(read_exactly(6), "pong\r\n");
  }

  Link link;
  Stream& stream = link.stream();
};

}  // namespace mailmote::contract

#endif
