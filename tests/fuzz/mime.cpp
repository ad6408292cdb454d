// A mail of parts with any content, read back by a small reader of its own: the same parts, octet by octet.
#include <vector>

#include "fuzz/fuzz.hpp"
#include "support/mime_mail.hpp"
#include "support/text.hpp"

namespace mailmote::test {
namespace {

using Strings = std::vector<std::string>;

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string from_quoted_printable(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
    } else if (text.compare(i, 3, "=\r\n") == 0) {
      i += 2;
    } else {
      require(i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0, "two digits behind =");
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    }
  }
  return out;
}

std::string from_base64(const std::string& text) {
  static const std::string kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string::npos) continue;
    bits = bits << 6U | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) out += static_cast<char>(bits >> static_cast<unsigned>(count -= 8) & 255U);
  }
  return out;
}

std::string field(const std::string& header, const std::string& name) {
  const std::size_t at = header.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  std::string value;
  for (std::size_t i = at + name.size() + 4; i < header.size(); ++i) {
    if (header.compare(i, 2, "\r\n") == 0) {
      if (i + 2 >= header.size() || header[i + 2] != ' ') break;
      ++i;
      continue;
    }
    value += header[i];
  }
  return value;
}

/// The leaves of a message or part, decoded, in their order.
void read_back(const std::string& entity, Strings& leaves) {
  const std::string all = "\r\n" + entity;
  const std::size_t end = all.find("\r\n\r\n");
  require(end != std::string::npos, "an empty line behind the header");
  const std::string header = all.substr(0, end + 2);
  const std::string body = all.substr(end + 4);
  const std::string type = field(header, "Content-Type");
  const std::size_t at = type.find("boundary=\"");
  if (type.rfind("multipart/", 0) != 0) {
    const std::string encoding = field(header, "Content-Transfer-Encoding");
    leaves.push_back(encoding == "base64"             ? from_base64(body)
                     : encoding == "quoted-printable" ? from_quoted_printable(body)
                                                      : body);
    return;
  }
  require(at != std::string::npos, "a boundary");
  const std::string mark = "\r\n--" + type.substr(at + 10, type.find('"', at + 10) - at - 10);
  const std::string text = "\r\n" + body;
  std::size_t begin = text.find(mark);
  require(begin != std::string::npos, "a first part");
  while (text.compare(begin + mark.size(), 2, "--") != 0) {
    begin = text.find("\r\n", begin + mark.size()) + 2;
    const std::size_t next = text.find(mark, begin);
    require(next != std::string::npos, "an end of the part");
    read_back(text.substr(begin, next - begin), leaves);
    begin = next;
  }
}

/// Text arrives with CRLF as line ends; whether its last line has one is not promised.
std::string as_text(std::string text) {
  text = canonical(text);
  while (text.size() >= 2 && text.compare(text.size() - 2, 2, "\r\n") == 0) text.erase(text.size() - 2);
  return text;
}

void check_lines(const std::string& content) {
  std::size_t begin = 0;
  for (std::size_t end; (end = content.find('\n', begin)) != std::string::npos; begin = end + 1) {
    require(end - begin <= 999, "lines of at most 998 octets");
    require(end != begin && content[end - 1] == '\r', "CRLF at the end of each line");
    require(content.substr(begin, end - begin).find('\r') == end - begin - 1, "no CR elsewhere");
  }
  require(begin == content.size(), "an end of the last line");
  require(content.find('\0') == std::string::npos, "no NUL");
}

void shape(TestSource& source, Feed& feed) {
  const unsigned bits = feed.octet();
  source.octets = feed.text();
  for (unsigned n = bits & 3U; n != 0; --n) source.octets += source.octets;
  source.rewindable = (bits & 4U) == 0;
  source.length_known = (bits & 8U) == 0;
  source.slow = (bits & 16U) != 0;
  source.late_end = (bits & 32U) != 0;
  source.crumb = (bits & 64U) != 0 ? 3 : 0;
}

}  // namespace
}  // namespace mailmote::test

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailmote;
  using namespace mailmote::test;
  Feed feed(data, size);
  MimeMail mail;
  const unsigned parts = feed.octet();
  const std::size_t window = 16 + feed.octet();
  mail.offer.eight_bit = (parts & 64U) != 0;
  mail.offer.smtputf8 = (parts & 128U) != 0;
  const std::string subject = feed.text();
  const std::string name = feed.text();
  mail.message.subject = subject;
  mail.files[0].name = name;
  for (TestSource* source : {&mail.words, &mail.page, &mail.picture, &mail.file, &mail.second}) shape(*source, feed);
  if ((parts & 1U) != 0) mail.message.text = nullptr;
  if ((parts & 2U) != 0) mail.message.html = nullptr;
  if ((parts & 4U) != 0) mail.message.inlines = {};
  if ((parts & 8U) != 0) mail.message.attachments = {};
  if ((parts & 16U) != 0) mail.message.attachments = mail.files[0];

  ContentPlan plan;
  if (mail.message.content.start(mail.offer, plan) != Status::ok) return 0;
  const std::string content = read_all(mail.message.content, window);
  require(!plan.length_known || plan.length == content.size(), "the length that was announced");
  check_lines(content);

  Strings expected;
  if (mail.message.text != nullptr) expected.push_back(as_text(mail.words.octets));
  if (mail.message.html != nullptr) expected.push_back(as_text(mail.page.octets));
  const std::size_t texts = expected.size();
  if (mail.message.inlines.count != 0) expected.push_back(mail.picture.octets);
  if (mail.message.attachments.count > 0) expected.push_back(mail.file.octets);
  if (mail.message.attachments.count > 1) expected.push_back(mail.second.octets);
  if (expected.empty()) expected.emplace_back();
  Strings leaves;
  read_back(content, leaves);
  require(leaves.size() == expected.size(), "as many parts");
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    require((i < texts ? as_text(leaves[i]) : leaves[i]) == expected[i], "part " + std::to_string(i));
  }
  return 0;
}
