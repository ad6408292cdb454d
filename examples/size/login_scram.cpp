// Logs in by SCRAM-SHA-256 with the board's own hash function.
#include "login.hpp"
#include "mailmote/scram.hpp"

namespace {

using mailmote::ScramContext;

bool fill_random(void*, std::uint8_t* out, std::size_t size) { return board_random(out, size) == BOARD_OK; }

void start(ScramContext& context) { board_sha256_start(context.octets); }
void copy(ScramContext& to, const ScramContext& from) { board_sha256_copy(to.octets, from.octets); }
void add(ScramContext& context, const void* octets, std::size_t size) {
  board_sha256_add(context.octets, octets, size);
}
void finish(ScramContext& context, std::uint8_t* digest) { board_sha256_finish(context.octets, digest); }
void end(ScramContext&) {}

constexpr mailmote::ScramHash kSha256 = {"SCRAM-SHA-256", mailmote::Mechanism::scram_sha_256, 32, start, copy, add,
                                         finish, end};

mailmote::ScramMechanism scram(kSha256, {"sensor", "secret"});
mailmote::SaslMechanism* const allowed[] = {&scram};
mailmote::Authenticator authenticator(allowed);

constexpr mailmote::Options kOptions = options_with(authenticator);
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() {
  authenticator.random.fill = fill_random;
  return send(client, short_mail);
}
