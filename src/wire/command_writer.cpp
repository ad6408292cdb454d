#include "wire/command_writer.hpp"

namespace mailmote {
namespace {

void put_hex(Sink& sink, unsigned octet) {
  static constexpr char kDigits[] = "0123456789abcdef";
  sink.put(kDigits[octet >> 4U]);
  sink.put(kDigits[octet & 15U]);
}

void put_v4(Sink& sink, const std::uint8_t* octets) {
  for (int i = 0; i < 4; ++i) {
    sink.put(i == 0 ? '[' : '.');
    sink.put_decimal(octets[i]);
  }
}

// RFC 5321 section 4.1.3, IPv6-full: all eight groups, so that nothing has to be searched.
void put_v6(Sink& sink, const std::uint8_t* octets) {
  sink.put("[IPv6");
  for (int i = 0; i < 16; ++i) {
    if (i % 2 == 0) sink.put(':');
    put_hex(sink, octets[i]);
  }
}

}  // namespace

void write_hello(Sink& sink, const char (&verb)[6], Text name, const IpAddress& local) {
  constexpr std::uint8_t kLoopback[] = {127, 0, 0, 1};
  sink.put(verb);
  if (!name.empty()) {
    sink.put(name);
  } else {
    if (local.family == IpFamily::v6) {
      put_v6(sink, local.octets);
    } else {
      put_v4(sink, local.family == IpFamily::v4 ? local.octets : kLoopback);
    }
    sink.put(']');
  }
  sink.put("\r\n");
}

void write_mail(Sink& sink, const MailCommand& mail) {
  sink.put("MAIL FROM:<");
  sink.put(mail.sender);
  sink.put('>');
  if (mail.size != 0) {
    sink.put(" SIZE=");
    sink.put_decimal(mail.size);
  }
  if (mail.eight_bit) sink.put(" BODY=8BITMIME");
  if (mail.smtputf8) sink.put(" SMTPUTF8");
}

void write_rcpt(Sink& sink, Text recipient) {
  sink.put("RCPT TO:<");
  sink.put(recipient);
  sink.put('>');
}

}  // namespace mailmote
