#include "wire/command_writer.hpp"

namespace mailmote {
namespace {

void put_hex(Sink& sink, unsigned value) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (unsigned shift = 16; shift != 0;) {
    shift -= 4;
    sink.put(kDigits[(value >> shift) & 15U]);
  }
}

void put_literal(Sink& sink, const IpAddress& address) {
  const bool v6 = address.family == IpFamily::v6;
  const int step = v6 ? 2 : 1;
  sink.put(v6 ? Text("[IPv6:") : Text("["));
  for (int i = 0; i < (v6 ? 16 : 4); i += step) {
    if (i != 0) sink.put(v6 ? ':' : '.');
    if (v6) {
      put_hex(sink, address.octets[i] * 256U + address.octets[i + 1]);
    } else {
      sink.put_decimal(address.octets[i]);
    }
  }
  sink.put(']');
}

}  // namespace

void write_hello(Sink& sink, const char (&verb)[6], Text name, const IpAddress& local) {
  sink.put(verb);
  if (!name.empty()) {
    sink.put(name);
  } else if (local.family != IpFamily::none) {
    put_literal(sink, local);
  } else {
    sink.put("[127.0.0.1]");
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
  sink.put("\r\n");
}

void write_rcpt(Sink& sink, Text recipient) {
  sink.put("RCPT TO:<");
  sink.put(recipient);
  sink.put(">\r\n");
}

}  // namespace mailmote
