// Writes composed messages to files for test_parse.py: emit_messages DIRECTORY. Beside each NAME.eml, as its octets
// would be on the wire but for doubled dots, stands NAME.json with what it was made of; every string in it is in hex.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "mailmote/detail/dot_stuffer.hpp"
#include "mailmote/text_message.hpp"
#include "message/emit_mime.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

void Directory::write(const std::string& name, const std::string& octets) const {
  std::FILE* const file = std::fopen((path_ + "/" + name).c_str(), "wb");
  const bool written = file != nullptr && std::fwrite(octets.data(), 1, octets.size(), file) == octets.size();
  if (!written || std::fclose(file) != 0) {
    std::perror(name.c_str());
    std::exit(1);
  }
}

std::string hex(const std::string& octets) {
  std::string out = "\"";
  char digits[3];
  for (const char c : octets) {
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += digits;
  }
  return out + '"';
}

std::string repeated(const std::string& piece, std::size_t n) {
  std::string out;
  while (n-- != 0) out += piece;
  return out;
}

std::string content_of(BodySource& source, const Offer& offer, std::size_t window) {
  ContentPlan plan;
  if (source.start(offer, plan) != Status::ok) return "refused\r\n";
  DotStuffer stuffer(false);
  std::string out;
  std::vector<std::uint8_t> in(window), repaired(2 * window + 2);
  for (ReadStatus status = ReadStatus::ok; status == ReadStatus::ok || status == ReadStatus::would_block;) {
    const ReadResult read = source.read({in.data(), in.size()});
    status = read.status;
    const std::size_t n = stuffer.filter(repaired.data(), in.data(), read.n);
    out.append(reinterpret_cast<const char*>(repaired.data()), n);
    if (status == ReadStatus::error) return out + "(error)";
  }
  Sink end(repaired.data(), repaired.size(), 0);
  stuffer.finish(end);
  return out.append(reinterpret_cast<const char*>(repaired.data()), end.written());
}

namespace {

constexpr UnixTime kDate = 1795236825;
constexpr std::size_t kWindow = 64;

struct Person {
  std::string address;
  std::string name;
  RecipientKind kind = RecipientKind::to;
};

struct Mail {
  std::string name;
  std::string subject = "Tank low";
  std::string text = "Level 3 %\n";
  Person from{"sensor@example.com", "", RecipientKind::to};
  std::vector<Person> to{{"ops@example.com", "", RecipientKind::to}};
  std::string header;  // of X-Note
  bool eight_bit = true;
};

std::string json(const Person& person) {
  return "[" + hex(person.name) + "," + hex(person.address) + "," + std::to_string(static_cast<int>(person.kind)) + "]";
}

std::string json(const Mail& mail) {
  std::string to;
  for (const Person& person : mail.to) to += (to.empty() ? "" : ",") + json(person);
  return "{\"kind\":\"text\",\"subject\":" + hex(mail.subject) + ",\"text\":" + hex(mail.text) +
         ",\"from\":" + json(mail.from) + ",\"to\":[" + to + "],\"header\":" + hex(mail.header) +
         ",\"eight_bit\":" + (mail.eight_bit ? "true" : "false") + ",\"date\":" + std::to_string(kDate) + "}\n";
}

void emit(const Directory& directory, const Mail& mail) {
  const auto view = [](const std::string& text) { return std::string_view(text); };
  std::vector<Recipient> to;
  for (const Person& person : mail.to) to.emplace_back(view(person.address), view(person.name), person.kind);
  TextMessage message({view(mail.from.address), view(mail.from.name)}, {to.data(), to.size()}, view(mail.subject),
                      view(mail.text));
  const Header header{"X-Note", view(mail.header)};
  message.headers = &header;
  message.header_count = mail.header.empty() ? 0 : 1;
  message.date = kDate;
  message.message_id = "<0123456789abcdef@example.com>";
  Offer offer;
  offer.eight_bit = mail.eight_bit;
  directory.write(mail.name + ".eml", content_of(message.content, offer, kWindow));
  directory.write(mail.name + ".json", json(mail));
}

void emit_raw(const Directory& directory, const std::string& name, const std::string& octets) {
  Recipient to("ops@example.com");
  MemorySource source{std::string_view(octets)};
  RawMessage message("sensor@example.com", to, source);
  directory.write(name + ".eml", content_of(message.content, Offer(), kWindow));
  directory.write(name + ".json", "{\"kind\":\"raw\",\"octets\":" + hex(octets) + "}\n");
}

/// A literal that holds NUL.
template <std::size_t N>
std::string whole(const char (&literal)[N]) {
  return {literal, N - 1};
}

void emit_subjects(const Directory& directory) {
  const std::string subjects[] = {"",
                                  "plain",
                                  " blank before",
                                  "blank after ",
                                  "two  blanks",
                                  "a=b ?c? _d_",
                                  "=?utf-8?Q?fake?=",
                                  "=?",
                                  "tail =?",
                                  "Gr\xc3\xbc\xc3\x9f"
                                  "e",
                                  "\xf0\x9f\x98\x80\xf0\x9f\x9a\xb0 tank",
                                  "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
                                  "e\xcc\x81 combined",
                                  repeated("word ", 60) + "end",
                                  repeated("x", 200),
                                  repeated("x", 899),
                                  repeated("x", 901),
                                  repeated("x", 3000),
                                  "a" + repeated(" ", 300) + "b",
                                  repeated(" ", 1200) + "b",
                                  "a" + repeated(" ", 1200),
                                  repeated("\xf0\x9f\x98\x80", 100),
                                  repeated("\xc3\xa4\xc3\xb6 ", 100) + ".",
                                  repeated("long, mostly plain, \xe2\x82\xac ", 20) + ".",
                                  "Re: [list] {x} <y@z> \"q\" (c), d; e: f",
                                  "not \xc2\xa0 a blank",
                                  "\xe2\x80\xa8 line separator \xc2\x85 next line"};
  int number = 0;
  for (const std::string& subject : subjects) {
    Mail mail;
    mail.name = "subject_" + std::to_string(++number);
    mail.subject = subject;
    mail.header = subject;
    emit(directory, mail);
  }
}

void emit_names(const Directory& directory) {
  const std::string names[] = {"Pump 3",
                               "Joe Q. Public",
                               "Giant; \"Big\" Box",
                               "Doe, Jane",
                               "back\\slash",
                               "a@b <c@d>",
                               "(comment)",
                               "Who?",
                               "two  blanks",
                               " before",
                               "after ",
                               " ",
                               "\"",
                               "\\",
                               "\"\"",
                               "J\xc3\xb8rn, \"Kel\"",
                               "\xf0\x9f\x98\x80",
                               "=?utf-8?Q?fake?=",
                               "O'Brien",
                               "a.b",
                               "under_score",
                               repeated("long name ", 30) + "end",
                               repeated("n", 200),
                               repeated("\xe2\x82\xac", 80),
                               repeated("\"", 57),
                               repeated("\"", 40),
                               "semi;colon:colon"};
  int number = 0;
  for (const std::string& name : names) {
    Mail mail;
    mail.name = "name_" + std::to_string(++number);
    mail.from = {"first.last+tag@sub.example.com", name, RecipientKind::to};
    mail.to = {{"a@example.com", name, RecipientKind::to},
               {"b@example.com", "", RecipientKind::to},
               {"a.rather.long.local.part.that.fills.the.line@and.a.long.domain.example.com", name, RecipientKind::to},
               {"\"a,b\"@example.com", name, RecipientKind::cc},
               {"hidden@example.com", "Hidden " + name, RecipientKind::bcc}};
    emit(directory, mail);
  }
}

void emit_recipients(const Directory& directory) {
  Mail mail;
  mail.name = "recipients_200";
  for (int i = 0; i < 200; ++i) {
    const std::string number = std::to_string(i);
    const auto kind = static_cast<RecipientKind>(i % 3);
    const std::string name = i % 4 == 0   ? ""
                             : i % 4 == 1 ? "Pump " + number
                             : i % 4 == 2 ? "P\xc3\xbcmp, " + number
                                          : "P. " + number;
    mail.to.push_back({(i % 3 == 2 ? "hidden" : "p") + number + "@example.com", name, kind});
  }
  emit(directory, mail);
  for (const RecipientKind kind : {RecipientKind::cc, RecipientKind::bcc}) {
    Mail only;
    only.name = kind == RecipientKind::cc ? "recipients_only_cc" : "recipients_only_bcc";
    only.to = {{"hidden@example.com", "", kind}};
    if (kind == RecipientKind::cc) only.to[0].address = "seen@example.com";
    emit(directory, only);
  }
}

void emit_texts(const Directory& directory) {
  const std::string texts[] = {"",
                               "\n",
                               "no end",
                               "a\r\nb\r\n",
                               "a\nb\n",
                               "a\rb\r",
                               "a\r\r\nb\n\rc",
                               ".\n..\n.a\n",
                               ".",
                               "\r\n.\r\n",
                               "From here on\n",
                               "blanks at the end   \nand tabs\t\t\n \n\t\n",
                               "     ",
                               "a=b\n=\n=3D\n",
                               whole("NUL \0 here\n"),
                               "Gr\xc3\xbc\xc3\x9f"
                               "e\n",
                               repeated("\xf0\x9f\x98\x80", 50) + "\n",
                               repeated("\xe6\x97\xa5\xe6\x9c\xac", 400),
                               repeated("x", 998) + "\n",
                               repeated("x", 999) + "\n",
                               repeated("long ", 2000) + "\n",
                               repeated(" ", 2000),
                               repeated("y", 75) + " \n" + repeated("y", 76) + "\n" + repeated("y", 74) + "=\n",
                               "latin \xe4\xf6\xfc\n",
                               "\xff\xfe\n",
                               "cut \xe2\x82",
                               repeated("\xc3\xa4\r\n", 100),
                               whole("\0\xff\r\n\0\n"),
                               "\x01\x02\x1b[31m\x7f\n",
                               "mail\r\n.\r\nMAIL FROM:<x@y>\r\n",
                               repeated(".\n", 100),
                               "\xef\xbb\xbf"
                               "byte order mark\n"};
  int number = 0;
  for (const std::string& text : texts) {
    ++number;
    for (const bool eight_bit : {true, false}) {
      Mail mail;
      mail.name = "text_" + std::to_string(number) + (eight_bit ? "_8bit" : "_7bit");
      mail.text = text;
      mail.eight_bit = eight_bit;
      emit(directory, mail);
    }
  }
}

void emit_raws(const Directory& directory) {
  emit_raw(directory, "raw_plain", "From: a@example.com\r\nSubject: x\r\n\r\nbody\r\n");
  emit_raw(directory, "raw_bcc",
           "Bcc: h@x\r\nFrom: a@example.com\r\nbcc: hidden@example.com,\r\n\thidden@x\r\nBCC : hidden@y\r\n"
           "Subject: x\r\n\r\nBcc: stays\r\n");
  emit_raw(directory, "raw_line_ends",
           "From: a@example.com\nBcc: hidden@x\n hidden@y\nSubject: x\n\nbody\rmore\r\n.\n");
  emit_raw(directory, "raw_octets", whole("Subject: x\r\n\r\n\0\xff\xc3\x28 \t \r\nno end"));
  emit_raw(directory, "raw_empty", "");
  emit_raw(directory, "raw_no_header", "\r\nBcc: body\r\n");
}

}  // namespace
}  // namespace mailmote

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: emit_messages DIRECTORY\n", stderr);
    return 64;
  }
  const mailmote::Directory directory(argv[1]);
  mailmote::emit_subjects(directory);
  mailmote::emit_names(directory);
  mailmote::emit_recipients(directory);
  mailmote::emit_texts(directory);
  mailmote::emit_raws(directory);
  mailmote::emit_mimes(directory);
  mailmote::emit_flowed(directory);
}
