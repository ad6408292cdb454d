#include <strings.h>

#include <algorithm>
#include <pugixml.hpp>

#include "settings_file.hpp"

namespace mailmote::cli {
namespace {

constexpr unsigned kImplicitTls = 465;

// The parser's offsets count octets of UTF-8, also where the file is in another encoding.
Place place_of(const std::string& path, std::string_view content, std::ptrdiff_t offset) {
  const auto before = content.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
  return {path, 1 + static_cast<unsigned>(std::count(before.begin(), before.end(), '\n'))};
}

bool is_true(const pugi::xml_attribute& attribute) { return strcasecmp(attribute.value(), "true") == 0; }

void check_attributes(const pugi::xml_node& node, const std::vector<std::string>& known, const Place& place) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (std::find(known.begin(), known.end(), attribute.name()) != known.end()) continue;
    throw wrong_at(place, std::string("there is no ") + attribute.name() + " in <" + node.name() + ">; did you mean " +
                              nearest(known, attribute.name()) + "?");
  }
}

void add(Account& account, const char* key, const pugi::xml_attribute& attribute, const Place& place) {
  if (*attribute.value() != '\0') account.settings.push_back({key, SecretText(attribute.value()), place});
}

// .NET begins TLS by STARTTLS only; whoever wrote 465 all the same means what that port is for.
void add_network(Account& account, const pugi::xml_node& network, const Place& place) {
  check_attributes(network, {"host", "port", "userName", "password", "enableSsl", "defaultCredentials", "clientDomain",
                             "targetName"}, place);
  if (is_true(network.attribute("defaultCredentials"))) {
    throw wrong_at(place, "defaultCredentials: there is no Windows session here: give userName and password");
  }
  add(account, "host", network.attribute("host"), place);
  const unsigned port = network.attribute("port").as_uint(25);
  const pugi::xml_attribute given = network.attribute("port");
  account.settings.push_back({"port", SecretText(*given.value() != '\0' ? given.value() : "25"), place});
  add(account, "user", network.attribute("userName"), place);
  if (*network.attribute("userName").value() != '\0') add(account, "password", network.attribute("password"), place);
  add(account, "helo", network.attribute("clientDomain"), place);
  const pugi::xml_attribute tls = network.attribute("enableSsl");
  if (!tls) return;
  const char* const with_tls = port == kImplicitTls ? "implicit" : "starttls";
  account.settings.push_back({"security", SecretText(is_true(tls) ? with_tls : "none"), place});
}

void check_smtp(const pugi::xml_node& smtp, const Place& place) {
  check_attributes(smtp, {"from", "deliveryMethod", "deliveryFormat"}, place);
  const pugi::xml_attribute method = smtp.attribute("deliveryMethod");
  if (method && strcasecmp(method.value(), "network") != 0) {
    throw wrong_at(place, std::string("deliveryMethod: ") + method.value() + " is none of a network");
  }
}

}  // namespace

std::vector<Account> read_dotnet(const std::string& path, MutableBytes content) {
  std::vector<char> lines(content.size, ' ');  // the parser writes into the content, so the line ends are kept apart
  for (std::size_t i = 0; i < content.size; ++i) {
    if (content.data[i] == '\n') lines[i] = '\n';
  }
  const std::string_view map(lines.data(), lines.size());
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer_inplace(content.data, content.size);
  if (!result) throw wrong_at(place_of(path, map, result.offset), result.description());
  const pugi::xml_node smtp = document.select_node("//system.net/mailSettings/smtp").node();
  if (!smtp) throw Failure::settings(path + " has no <system.net><mailSettings><smtp>");
  const Place place = place_of(path, map, smtp.offset_debug());
  check_smtp(smtp, place);
  Account account{"default", {}, place};
  add(account, "from", smtp.attribute("from"), place);
  const pugi::xml_node network = smtp.child("network");
  if (network) add_network(account, network, place_of(path, map, network.offset_debug()));
  std::vector<Account> accounts;
  accounts.push_back(std::move(account));
  return accounts;
}

}  // namespace mailmote::cli
