// Sends the content by BDAT where the server offers CHUNKING: a round trip less, and no stuffed dots.
#include "one_mail.hpp"

namespace {

constexpr mailmote::Options options() {
  mailmote::Options options = options_in_clear();
  options.chunking = &mailmote::kChunking;
  return options;
}

constexpr mailmote::Options kOptions = options();
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
