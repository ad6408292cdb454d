// URLs: what is read from one is inside it, and within the room that was given.
#include "fuzz/fuzz.hpp"
#include "mailmote/ip.hpp"
#include "mailmote/url.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailmote;
  using namespace mailmote::test;
  Feed feed(data, size);
  Room room(1 + feed.octet());
  const std::string text = feed.rest();
  Url url;
  std::uint8_t address[16];
  static_cast<void>(parse_ip(text, address));
  const MutableBytes bytes = room.bytes();
  if (parse_url(text, reinterpret_cast<char*>(bytes.data), bytes.size, url) != UrlProblem::none) return 0;
  require(!url.host.empty(), "a host");
  require(text.find(std::string(url.host)) != std::string::npos, "the host as it stands there");
  require(url.user.size() < text.size(), "a user of the URL");
  require(std::string(url.user).find('\n') == std::string::npos, "no line end in the user");
  return 0;
}
