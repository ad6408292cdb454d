// Sessions without TLS and without a login: ordinary ones, and those with servers that mean harm.
#include <cstring>

#include "mailmote/mime.hpp"
#include "mailmote/text_message.hpp"
#include "measure.hpp"

using namespace mailmote;

namespace {

// What is measured.

constexpr Options options(const ChunkingFeature* chunking) {
  Options options;
  options.host = "192.0.2.25";
  options.helo = "tank7.example.com";
  options.security = Security::none;
  options.allow_clear = true;
  options.chunking = chunking;
  return options;
}

constexpr Options kPlain = options(nullptr);
constexpr Options kWithChunking = options(&kChunking);

// What is sent.

Recipient recipients[100];

Recipients first(std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) recipients[i] = Recipient("night.shift.operator@example.com");
  return {recipients, n};
}

char content[2048];

/// As many of these lines as fit, behind a header.
Text content_of(Text line, std::size_t size = sizeof content) {
  constexpr Text kHeader = "From: sensor@example.com\r\nSubject: Tank low\r\n\r\n";
  std::memcpy(content, kHeader.data(), kHeader.size());
  std::size_t n = kHeader.size();
  for (; n + line.size() <= size; n += line.size()) std::memcpy(content + n, line.data(), line.size());
  return std::string_view(content, n);
}

constexpr Text kLine = "All the tanks are full and all of the pumps are running.\r\n";

// What the server says.

constexpr Step kGreeting = {"", "220 mail.example.com ESMTP ready\r\n"};
constexpr Step kExtensions = {
    "\r\n", "250-mail.example.com at your service\r\n250-SIZE 35882577\r\n250-8BITMIME\r\n250-PIPELINING\r\n"
            "250-ENHANCEDSTATUSCODES\r\n250-CHUNKING\r\n250-DSN\r\n250 SMTPUTF8\r\n"};
constexpr Step kFewExtensions = {"\r\n", "250-mail.example.com at your service\r\n250 PIPELINING\r\n"};
constexpr Step kContentTaken = {"QUIT\r\n", "250 2.0.0 queued as 4711\r\n221 2.0.0 bye\r\n"};
constexpr Step kGroupTaken = {"DATA\r\n", "250 2.1.0 sender ok\r\n250 2.1.5 recipient ok\r\n354 go ahead\r\n"};
constexpr Step kGroupOf3Taken = {"DATA\r\n", "250 2.1.0 sender ok\r\n250 2.1.5 recipient ok\r\n"
                                             "250 2.1.5 recipient ok\r\n250 2.1.5 recipient ok\r\n354 go ahead\r\n"};
constexpr Step kChunkTaken = {"QUIT\r\n", "250 2.1.0 sender ok\r\n250 2.1.5 recipient ok\r\n250 2.1.5 recipient ok\r\n"
                                          "250 2.1.5 recipient ok\r\n250 2.0.0 queued as 4711\r\n221 2.0.0 bye\r\n"};

constexpr Step kOne[] = {kGreeting, kExtensions, kGroupTaken, kContentTaken};
constexpr Step kThree[] = {kGreeting, kExtensions, kGroupOf3Taken, kContentTaken};
constexpr Step kThreeChunked[] = {kGreeting, kExtensions, kChunkTaken};
constexpr Step kOneFewExtensions[] = {kGreeting, kFewExtensions, kGroupTaken, kContentTaken};
constexpr Step kHundred[] = {kGreeting, kExtensions, {"DATA\r\n", "250 2.1.0 sender ok\r\n"},
                             {"", "250 2.1.5 recipient ok\r\n", 100}, {"", "354 go ahead\r\n"}, kContentTaken};

template <std::size_t N>
void measure_mail(const char* about, const Options& options, const Step (&script)[N], std::size_t n,
                  std::size_t octets) {
  MemorySource text(content_of(kLine, octets));
  Message message("sensor@example.com", first(n), text);
  report("ordinary", about, options, script, &message);
}

void measure_ordinary() {
  measure_mail("a mail of 600 octets", kPlain, kOne, 1, 600);
  measure_mail("a mail of 2,000 octets", kPlain, kOne, 1, 2000);
  measure_mail("three recipients", kPlain, kThree, 3, 600);
  measure_mail("three recipients, one group with BDAT", kWithChunking, kThreeChunked, 3, 200);
  measure_mail("a hundred recipients", kPlain, kHundred, 100, 600);
}

constexpr Header kHeaders[] = {{"X-Site", "Wasserwerk Süd, Pumpe 3"}, {"Auto-Submitted", "auto-generated"}};

void measure_text_message(const char* about, const Step (&script)[4], Text text) {
  TextMessage message({"sensor@example.com", "Tank 7"}, first(1), "Tank 3 läuft leer", text);
  message.date = 1795237200;
  message.message_id = "<0123456789abcdef0123456789abcdef@tank7.example.com>";
  message.headers = kHeaders;
  message.header_count = 2;
  report("ordinary", about, kPlain, script, &message);
}

void measure_text_messages() {
  constexpr Text kText = "Füllstand 3 %. Bitte nachfüllen.\nDie Pumpe steht seit heute morgen.\n";
  constexpr Text kBinary = "水位が低い。水位が低い。水位が低い。水位が低い。水位が低い。水位が低い。水位が低い。\n";
  measure_text_message("TextMessage", kOne, kText);
  measure_text_message("TextMessage, quoted-printable", kOneFewExtensions, kText);
  measure_text_message("TextMessage, base64", kOneFewExtensions, kBinary);
}

void measure_mime(const char* about, const Step (&script)[4], Text words, Text page) {
  MemorySource text(words), html(page), octets(content_of(kLine, 1500));
  TextPart text_part(text);
  HtmlPart html_part(html);
  Inline picture("tank@example.com", "image/png", octets, "tank.png");
  Attachment files[] = {{"Füllstände der letzten Woche, Pumpe 3 bis Pumpe 17.csv", "text/csv", octets},
                        {"log.txt", "text/plain", octets}};
  MimeMessage message({"sensor@example.com", "Tank 7"}, first(1), "Tank 3 läuft leer");
  message.text = &text_part;
  message.html = &html_part;
  message.inlines = picture;
  message.attachments = files;
  message.date = 1795237200;
  message.message_id = "<0123456789abcdef0123456789abcdef@tank7.example.com>";
  report("ordinary", about, kPlain, script, &message);
}

void measure_mimes() {
  constexpr Text kText = "Füllstand 3 %. Bitte nachfüllen.\nDie Pumpe steht seit heute morgen.\n";
  constexpr Text kPage = "<p>Füllstand <b>3 %</b>. Bitte nachfüllen.</p>\n<img src=\"cid:tank@example.com\">\n";
  measure_mime("MimeMessage, 8bit", kOne, kText, kPage);
  measure_mime("MimeMessage, encoded", kOneFewExtensions, kText, kPage);
}

// Servers that mean harm.

constexpr Step kShortLines[] = {kGreeting, {"\r\n", "250-x\r\n", 300}};
constexpr Step kShortestLines[] = {kGreeting, {"\r\n", "250\r\n"}, {"\r\n", "250-\n", 400}};
constexpr Step kShortestReplyLines[] = {{"", "220-\n", 400}};
constexpr Step kLongLine[] = {{"", "220-"}, {"", "xxxxxxxx", 300}};
constexpr Step kNuls[] = {{"", {std::string_view("220-\0\0\0\0\0\0\0\0", 12)}, 200}};
constexpr Step kLimits[] = {kGreeting,
                            {"\r\n", "250-LIMITS a b c d e f g h i j k l m n o p q r s t u v w x y z\r\n", 40}};
constexpr Step kLongLimits[] = {kGreeting, {"\r\n", "250-LIMITS"}, {"", " RCPTMAX=9", 49}, {"", "\r\n250 x\r\n"}};
constexpr Step kEarly[] = {kGreeting, kExtensions, {"DATA\r\n", "250 ok\r\n", 300}};
constexpr Step kRefusals[] = {kGreeting, kExtensions, {"DATA\r\n", "250 2.1.0 sender ok\r\n"},
                              {"", "550 5.1.1 \r\n", 100}, {"", "554 5.5.1 nobody\r\n"}};
constexpr Step kSenderRefused[] = {kGreeting, kExtensions, {"DATA\r\n", "550 5.7.1 no\r\n"},
                                   {"", "503 5.5.1 \r\n", 101}, {"QUIT\r\n", "221 bye\r\n"}};

template <std::size_t N>
void measure_against(const char* about, const Step (&script)[N], std::size_t recipient_count = 3) {
  MemorySource text(content_of(kLine, 200));
  Message message("sensor@example.com", first(recipient_count), text);
  report("hostile", about, kPlain, script, &message);
}

void measure_hostile() {
  measure_against("EHLO reply of 7-octet lines", kShortLines);
  measure_against("EHLO reply of 5-octet lines", kShortestLines);
  measure_against("greeting of 5-octet lines", kShortestReplyLines);
  measure_against("line without end", kLongLine);
  measure_against("NULs", kNuls);
  measure_against("LIMITS with 26 words a line", kLimits);
  measure_against("LIMITS that fills the window", kLongLimits);
  measure_against("replies without end", kEarly);
  measure_against("a hundred recipients refused", kRefusals, 100);
  measure_against("sender of a hundred refused", kSenderRefused, 100);
  MemorySource line_feeds(content_of("\n", 600));
  Message message("sensor@example.com", first(1), line_feeds);
  report("hostile", "content of bare line feeds", kPlain, kOne, &message);
}

}  // namespace

int main() {
  start_clock();
  measure_ordinary();
  measure_text_messages();
  measure_mimes();
  measure_hostile();
}
