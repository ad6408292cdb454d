// A mail of several parts.
#ifndef MAILMOTE_TESTS_SUPPORT_MIME_MAIL_HPP
#define MAILMOTE_TESTS_SUPPORT_MIME_MAIL_HPP

#include <string>

#include "mailmote/mime.hpp"
#include "support/content.hpp"
#include "support/test_source.hpp"

namespace mailmote::test {

/// A mail with every kind of part; a test takes away what it does not want.
struct MimeMail {
  Recipient to{"b@example.com"};
  TestSource words, page, picture, file, second;
  TextPart text{words};
  HtmlPart html{page};
  Inline pictures[1] = {{"tank", "image/png", picture}};
  Attachment files[2] = {{"log.csv", "text/csv", file}, {"two.bin", "application/octet-stream", second}};
  MimeMessage message{"a@example.com", to, "Tank low"};
  ContentPlan plan;
  Offer offer;

  MimeMail() {
    words.octets = "Level 3 %\n";
    page.octets = "<p>Level 3 %</p>\n";
    picture.octets = "\x89PNG";
    file.octets = "1;2\n";
    second.octets = std::string("\0\1\2", 3);
    message.text = &text;
    message.html = &html;
    message.inlines = pictures;
    message.attachments = files;
    message.auto_submitted = false;
    message.message_id = "<1@example.com>";
  }

  // The content, or the name of the status.
  std::string content(std::size_t window = 4096) {
    plan = ContentPlan{};
    const Status status = message.content.start(offer, plan);
    if (status != Status::ok) return std::string(name(status));
    std::string content = read_all(message.content, window);
    if (plan.length_known && plan.length != content.size()) content += "(another length was announced)";
    if (plan.binary) return plan.form == ContentForm::safe ? content : content + "(not to be copied)";
    if (content.substr(content.size() - 2) != "\r\n" || plan.form == ContentForm::any) content += "(not canonical)";
    if (plan.form == ContentForm::safe && content.find("\n.") != std::string::npos) content += "(not safe)";
    return content;
  }

  // The same without the header of the mail, and with short boundaries.
  std::string body(std::size_t window = 4096) {
    std::string all = content(window);
    const std::size_t at = all.find("=_");
    const std::string mark = at == std::string::npos ? "?" : all.substr(at, 18);
    for (std::size_t found; (found = all.find(mark)) != std::string::npos;) all.erase(found, mark.size());
    const std::size_t begin = all.find("MIME-Version: 1.0\r\n");
    return begin == std::string::npos ? all : all.substr(begin + 19);
  }
};

}  // namespace mailmote::test

#endif
