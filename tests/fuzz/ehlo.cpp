// The lines of EHLO's answer, and the AUTH line as the authenticator sees it.
#include "fuzz/fuzz.hpp"
#include "mailmote/capabilities.hpp"
#include "support/text.hpp"
#include "wire/ehlo_parser.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailmote;
  using namespace mailmote::test;
  Feed feed(data, size);
  Capabilities capabilities;
  Capabilities in_capitals;
  for (const std::string& line : split(feed.rest(), '\n')) {
    parse_ehlo_line(line, capabilities);
    std::string upper = line;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    parse_ehlo_line(upper, in_capitals);
  }
  for (const Extension extension : {Extension::auth, Extension::pipelining, Extension::starttls, Extension::size}) {
    require(capabilities.has(extension) == in_capitals.has(extension), "keywords in any case");
  }
  return 0;
}
