// A mail of text, HTML, a picture and an attachment. Prints it: what a client would send. parts FILE: attaches the
// file.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "mailmote/mailmote.hpp"
#include "mailmote/mime.hpp"
#include "mailmote/posix/file_source.hpp"
#include "mailmote/sources.hpp"

namespace {

// A source that writes a row whenever one is asked for; its readings are in thousandths.
constexpr std::int32_t kReadings[] = {1250, 1190, -15};

bool write_row(void*, std::uint32_t row, mailmote::Sink& out) {
  if (row == 3) return false;
  mailmote::put_fixed(out, kReadings[row], 3);
  out.put(" m\n");
  return true;
}

mailmote::Status print(mailmote::BodySource& content) {
  mailmote::Offer offer;
  offer.eight_bit = true;
  mailmote::ContentPlan plan;
  const mailmote::Status status = content.start(offer, plan);
  if (status != mailmote::Status::ok) return status;
  std::uint8_t window[512];
  for (;;) {
    const mailmote::ReadResult read = content.read({window, sizeof window});
    std::fwrite(window, 1, read.n, stdout);
    if (read.status == mailmote::ReadStatus::end) return mailmote::Status::ok;
    if (read.status == mailmote::ReadStatus::error) return mailmote::Status::source_failed;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int fd = open(argc > 1 ? argv[1] : "/dev/null", O_RDONLY | O_CLOEXEC);
  mailmote::Recipient to[] = {{"ops@example.com", "Night shift"}};

  mailmote::MemorySource words("Level 3 %\n"), page("<p>Level <b>3 %</b> <img src=\"cid:curve\"></p>\n");
  mailmote::MemorySource curve("GIF89a");
  mailmote::RowSource table(write_row, nullptr);
  mailmote::posix::FdSource log(fd);

  mailmote::TextPart text(words);
  mailmote::HtmlPart html(page);
  mailmote::Inline pictures[] = {{"curve", "image/gif", curve}};
  mailmote::Attachment files[] = {{"Füllstände.csv", "text/csv", table}, {"log.txt", "text/plain", log}};

  mailmote::MimeMessage mail({"pump@example.com", "Pump 3"}, to, "Tank low");
  mail.text = &text;
  mail.html = &html;
  mail.inlines = pictures;
  mail.attachments = files;

  const mailmote::Header headers[] = {mailmote::in_reply_to("<1@example.com>"), mailmote::kHighImportance,
                                      {"X-Site", "Süd 3"}};
  mail.set_headers(headers);

  mailmote::Dsn reports;
  reports.notify = mailmote::Notify::success | mailmote::Notify::failure;
  reports.envelope_id = "pump3-4711";
  mail.dsn = &reports;

  const mailmote::Status status = print(mail.content);
  if (status != mailmote::Status::ok) std::fprintf(stderr, "%s\n", mailmote::name(status).data());
  close(fd);
  return status == mailmote::Status::ok ? 0 : 1;
}
