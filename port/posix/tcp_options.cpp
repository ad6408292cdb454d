#include "mailmote/posix/tcp_options.hpp"

#include <charconv>

#include "socket_address.hpp"

namespace mailmote::posix {
namespace {

bool parse_port(std::string_view text, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size();
}

bool parse_ports(std::string_view text, TcpOptions& options) {
  const std::size_t dash = text.find('-');
  if (!parse_port(text.substr(0, dash), options.local_port)) return false;
  options.last_local_port = 0;
  if (dash == std::string_view::npos) return true;
  if (!parse_port(text.substr(dash + 1), options.last_local_port)) return false;
  return options.local_port != 0 && options.last_local_port >= options.local_port;
}

bool parse_local_address(std::string_view text, IpAddress& address) {
  char whole[64];
  std::uint32_t scope = 0;
  if (text.empty() || text.size() >= sizeof whole) return false;
  whole[text.copy(whole, sizeof whole - 1)] = '\0';
  return parse_address(whole, address, scope) && scope == 0;
}

// Where the address ends: before ":PORT", if there is such a thing.
std::size_t end_of_address(std::string_view text) {
  const std::size_t colon = text.find(':');
  const bool is_v6 = colon != std::string_view::npos && text.find(':', colon + 1) != std::string_view::npos;
  return is_v6 ? std::string_view::npos : colon;
}

}  // namespace

bool parse_local_end(Text text, TcpOptions& options) {
  TcpOptions read = options;
  std::string_view address = text.substr(0, end_of_address(text));
  std::string_view rest = text.substr(address.size());
  const std::size_t bracket = text.find(']');
  if (!text.empty() && text.front() == '[' && bracket != std::string_view::npos) {
    address = text.substr(1, bracket - 1);
    rest = text.substr(bracket + 1);
  }
  if (address.empty() && rest.empty()) return false;
  if (!address.empty() && !parse_local_address(address, read.local_address)) return false;
  if (!rest.empty() && (rest.front() != ':' || !parse_ports(rest.substr(1), read))) return false;
  options = read;
  return true;
}

}  // namespace mailmote::posix
