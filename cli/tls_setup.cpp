#include "tls_setup.hpp"

#include "failure.hpp"
#include "mailmote/posix/system_ca.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::cli {
namespace {

constexpr std::size_t kMaxCredential = 65536;
constexpr std::size_t kMaxSession = 16384;

const char* c_str_or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

// Of PEM the NUL behind it counts; the buffer is full of them.
ByteView read_credential_file(const std::string& path, std::optional<Secret>& into) {
  into.emplace(kMaxCredential);
  std::string problem;
  const std::size_t size = into->read(path, problem);
  if (size == 0) throw Failure::configuration("cannot read " + path + ": " + problem, Status::tls_invalid_key);
  const std::uint8_t* const octets = into->bytes().data;
  constexpr std::uint8_t kDerSequence = 0x30;
  return {octets, octets[0] == kDerSequence ? size : size + 1};
}

}  // namespace

TlsSetup::TlsSetup(const TlsArguments& arguments) : arguments_(arguments) {
  options_.insecure = arguments.insecure;
  options_.allow_downgrade = arguments.allow_downgrade;
  options_.clock_not_set = arguments.clock_not_set;
  options_.min = arguments.min;
  options_.max = arguments.max;
  options_.server_name = Text(arguments.server_name);
  options_.clock = {posix::wall_clock, nullptr};
  options_.random = {posix::random, nullptr};
  trust();
  if (!arguments.key_file.empty()) read_credential();
  if (!arguments.session_file.empty()) read_session();
}

void TlsSetup::trust() {
  options_.ca_file = c_str_or_null(arguments_.ca_file);
  options_.ca_dir = c_str_or_null(arguments_.ca_dir);
  options_.pins = arguments_.pins.data();
  options_.pin_count = static_cast<std::uint8_t>(arguments_.pins.size());
  const bool named = options_.ca_file != nullptr || options_.ca_dir != nullptr || options_.pin_count != 0;
  if (!named && !options_.insecure) options_.ca_file = posix::system_ca_file();
}

void TlsSetup::read_credential() {
  options_.certificate = read_credential_file(arguments_.certificate_file, certificate_);
  options_.private_key = read_credential_file(arguments_.key_file, key_);
}

// What cannot be read is no session; a new one will take its place, or the message says why not.
void TlsSetup::read_session() {
  std::string problem;
  session_octets_.emplace(kMaxSession);
  session_.bytes = session_octets_->bytes();
  session_.size = session_octets_->read(arguments_.session_file, problem);
  options_.session = &session_;
}

std::string TlsSetup::save_session() {
  const std::string& path = arguments_.session_file;
  if (session_.too_big) return "the TLS session is too big to be saved";
  if (!session_.changed) return {};
  const std::string why = replace_file(path, {session_.bytes.data, session_.size});
  return why.empty() ? why : "the TLS session could not be saved in " + path + ": " + why;
}

}  // namespace mailmote::cli
