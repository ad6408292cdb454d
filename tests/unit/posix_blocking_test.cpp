// The look-up of a build without c-ares.
#ifdef MAILMOTE_HAS_POSIX

#include <errno.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>

#include <string>
#include <vector>

#include "loopback.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace {

// What the next look-up gives: IPv4 addresses, or when there is none, an error.
std::vector<std::uint32_t> next_addresses;
int next_result = 0;
int lists = 0;  // given and not freed

addrinfo* make_list() {
  addrinfo* first = nullptr;
  for (auto it = next_addresses.rbegin(); it != next_addresses.rend(); ++it) {
    auto* address = new sockaddr_in{};
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(*it);
    auto* item = new addrinfo{};
    item->ai_family = AF_INET;
    item->ai_addrlen = sizeof *address;
    item->ai_addr = reinterpret_cast<sockaddr*>(address);
    item->ai_next = first;
    first = item;
  }
  return first;
}

}  // namespace

// These take the place of the system's look-up.
extern "C" int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo** found) {
  if (next_addresses.empty()) return next_result;
  *found = make_list();
  ++lists;
  return 0;
}

extern "C" void freeaddrinfo(addrinfo* list) noexcept {
  --lists;
  while (list != nullptr) {
    addrinfo* next = list->ai_next;
    delete reinterpret_cast<sockaddr_in*>(list->ai_addr);
    delete list;
    list = next;
  }
}

namespace mailmote::posix {
namespace {

constexpr std::uint32_t kHere = 0x7f000001;      // 127.0.0.1, where the listener is
constexpr std::uint32_t kRefusing = 0x7f000002;  // 127.0.0.2
constexpr std::uint32_t kNoRoute = 0xffffffff;   // 255.255.255.255

class PosixBlockingLookUp : public testing::Test {
 protected:
  void SetUp() override {
    if (!look_up_blocks()) GTEST_SKIP() << "skipped: this build looks names up with c-ares";
    next_result = 0;
  }
  void TearDown() override { EXPECT_EQ(lists, 0); }

  IoStatus open(Text host = "mail.example") {
    IoStatus status = stream.open({host, listener.port()});
    while (status == IoStatus::would_block) status = stream.progress(now());
    return status;
  }

  test::Listener listener{"127.0.0.1"};
  TcpStream stream;
};

TEST_F(PosixBlockingLookUp, FindsTheAddressThatAnswers) {
  next_addresses = {kRefusing, kNoRoute, kHere, kRefusing};
  EXPECT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(stream.remote().address.octets[3], 1);
  EXPECT_EQ(stream.status(), Status::ok);
}

TEST_F(PosixBlockingLookUp, PrefersToSayThatAnAddressRefused) {
  next_addresses = {kNoRoute, kRefusing, kNoRoute};
  EXPECT_EQ(open(), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::connection_refused);
  EXPECT_EQ(stream.native(), ECONNREFUSED);
}

TEST_F(PosixBlockingLookUp, KeepsTheNumberOfAFailure) {
  next_addresses.clear();
  for (const auto& [result, status] : {std::pair{EAI_AGAIN, Status::name_lookup_failed},
                                       std::pair{EAI_FAIL, Status::name_lookup_failed},
                                       std::pair{EAI_NONAME, Status::name_not_found}}) {
    next_result = result;
    EXPECT_EQ(open(), IoStatus::error);
    EXPECT_EQ(stream.status(), status);
    EXPECT_EQ(stream.native(), result);
  }
}

TEST_F(PosixBlockingLookUp, LooksUpNoNumber) {
  next_addresses = {kRefusing};
  EXPECT_EQ(open("127.0.0.1"), IoStatus::ok);
}

}  // namespace
}  // namespace mailmote::posix

#endif
