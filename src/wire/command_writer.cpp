#include "wire/command_writer.hpp"

namespace mailmote {
namespace {

// RFC 5321 section 4.1.3. IPv6-full: all eight groups, so that nothing has to be searched.
void put_v6(Sink& sink, const std::uint8_t* octets) {
  sink.put("[IPv6");
  for (int i = 0; i < 16; i += 2) {
    sink.put(':');
    sink.put_number(static_cast<unsigned>(octets[i] << 8 | octets[i + 1]), 16);
  }
}

void put_v4(Sink& sink, const std::uint8_t* octets) {
  for (int i = 0; i < 4; ++i) {
    sink.put(i == 0 ? '[' : '.');
    sink.put_decimal(octets[i]);
  }
}

// "MAIL FROM:<" or "RCPT TO:<", and the address.
void put_path(Sink& sink, const char* verb, std::size_t size, const Text& address) {
  sink.put(verb, size);
  sink.put(address);
  sink.put('>');
}

}  // namespace

void write_hello(Sink& sink, const char (&verb)[6], const Text& name, const IpAddress& local) {
  static constexpr std::uint8_t kLoopback[] = {127, 0, 0, 1};
  sink.put(verb);
  if (!name.empty()) return sink.put(name);
  if (local.family == IpFamily::v6) put_v6(sink, local.octets);
  else put_v4(sink, local.family == IpFamily::v4 ? local.octets : kLoopback);
  sink.put(']');
}

void write_mail(Sink& sink, const Text& sender, std::uint32_t size, const ContentPlan& plan) {
  static constexpr char kVerb[] = "MAIL FROM:<";
  put_path(sink, kVerb, sizeof kVerb - 1, sender);
  if (size != 0) {
    sink.put(" SIZE=");
    sink.put_decimal(size);
  }
  if (plan.eight_bit) sink.put(" BODY=8BITMIME");
  if (plan.smtputf8) sink.put(" SMTPUTF8");
}

void write_rcpt(Sink& sink, const Text& recipient) {
  static constexpr char kVerb[] = "RCPT TO:<";
  put_path(sink, kVerb, sizeof kVerb - 1, recipient);
}

}  // namespace mailmote
