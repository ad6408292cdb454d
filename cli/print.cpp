#include <iostream>
#include <string_view>

#include "failure.hpp"
#include "mail.hpp"

namespace mailmote::cli {
namespace {

// Makes every CR and LF a CRLF and ends the last line, as the session does on the way out with all but binary content.
class Writer {
 public:
  explicit Writer(bool binary) : binary_(binary) {}

  void write(std::string_view octets) {
    if (binary_) {
      std::cout << octets;
      return;
    }
    for (const char octet : octets) {
      const bool joined = octet == '\n' && after_cr_;
      after_cr_ = octet == '\r';
      if (joined) continue;
      at_start_ = octet == '\r' || octet == '\n';
      if (at_start_) std::cout << "\r\n";
      else std::cout << octet;
    }
  }

  void finish() {
    if (!binary_ && !at_start_) std::cout << "\r\n";
  }

 private:
  bool binary_;
  bool after_cr_ = false;
  bool at_start_ = true;
};

}  // namespace

ExitCode print(Mail& mail) {
  Offer offer;
  offer.eight_bit = offer.smtputf8 = offer.binary_mime = true;
  ContentPlan plan;
  BodySource& content = mail.message().content;
  const Status status = content.start(offer, plan);
  if (status != Status::ok) throw Failure::message(status);
  Writer out(plan.binary);
  for (;;) {
    char block[4096];
    const ReadResult read = content.read({reinterpret_cast<std::uint8_t*>(block), sizeof block});
    if (read.status == ReadStatus::error) throw Failure::input("the content could not be read");
    out.write({block, read.n});
    if (read.status == ReadStatus::end) break;
  }
  out.finish();
  if (!std::cout.flush()) throw Failure::output("cannot write to standard output");
  return ExitCode::sent;
}

}  // namespace mailmote::cli
