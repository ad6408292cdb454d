#include "saved_session.hpp"

#include <cstring>

#include "sha256.hpp"
#include "versions.hpp"

namespace mailmote::mbedtls {
namespace {

constexpr std::uint8_t kMagic[] = {'m', 'm', 's', 1};  // the last one is the format's version

constexpr std::uint8_t kChain = 1;
constexpr std::uint8_t kPin = 2;
constexpr std::uint8_t kHost = 4;
constexpr std::uint8_t kNamesCut = 8;

// What stands in front of Mbed TLS's own octets; behind it the subject and the names.
struct Header {
  std::uint8_t magic[4];
  std::uint8_t digest[32];
  std::uint8_t spki[32];
  UnixTime valid_from;  // of the whole chain
  UnixTime valid_until;
  UnixTime not_before;  // of the server's own certificate
  UnixTime not_after;
  std::uint8_t flags;
  std::uint8_t subject;  // octets
  std::uint8_t names;    // octets
  std::uint8_t unused;
};
static_assert(sizeof(Header) == 88, "no padding: all of it is saved");

ByteView view(Text text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

// All that a session must not outlive: whom it is with, what is asked of the server, and who we are.
void digest_of(const Engine& engine, const Wish& wish, std::uint8_t (&out)[32]) {
  const TlsOptions& options = wish.options;
  Sha256 hash;
  hash.add_item(view(wish.host));
  hash.add_number(wish.port);
  for (const bool rule : {options.insecure, options.check_host, options.check_time, options.allow_downgrade}) {
    hash.add_number(rule ? 1 : 0);
  }
  hash.add_number(static_cast<std::size_t>(options.min));
  hash.add_number(static_cast<std::size_t>(options.max));
  hash.add_number(options.pin_count);
  for (std::size_t i = 0; i < options.pin_count; ++i) hash.add({options.pins[i].sha256, sizeof options.pins[i].sha256});
  hash.add_item(options.certificate);
  for (const mbedtls_x509_crt* trusted = &engine.trusted; trusted != nullptr; trusted = trusted->next) {
    hash.add_item({trusted->raw.p, trusted->raw.len});
  }
  hash.finish(out);
}

// False: that is no session of ours.
bool read_header(const TlsSession& saved, Header& header) {
  if (saved.bytes.data == nullptr || saved.size > saved.bytes.size || saved.size < sizeof header) return false;
  std::memcpy(&header, saved.bytes.data, sizeof header);
  return std::memcmp(header.magic, kMagic, sizeof kMagic) == 0 &&
         header.subject <= sizeof TlsStream::PeerText::subject && header.names <= sizeof TlsStream::PeerText::names &&
         saved.size >= sizeof header + header.subject + header.names;
}

bool is_within(UnixTime now, const Header& header) { return header.valid_from <= now && now <= header.valid_until; }

bool is_usable(const Engine& engine, const TlsOptions& options, const Header& header) {
  if (std::memcmp(header.digest, engine.digest, sizeof engine.digest) != 0) return false;
  return options.insecure || !options.check_time || engine.now == 0 || is_within(engine.now, header);
}

Header header_of(const Engine& engine, const TlsReport& report) {
  const PeerCertificate& peer = report.peer;
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  std::memcpy(header.digest, engine.digest, sizeof header.digest);
  std::memcpy(header.spki, peer.spki.sha256, sizeof header.spki);
  header.valid_from = report.valid_from;
  header.valid_until = report.valid_until;
  header.not_before = peer.not_before;
  header.not_after = peer.not_after;
  header.flags = static_cast<std::uint8_t>((report.chain_verified ? kChain : 0) | (report.pin_verified ? kPin : 0) |
                                           (report.host_verified ? kHost : 0) | (peer.names_cut ? kNamesCut : 0));
  header.subject = static_cast<std::uint8_t>(peer.subject.size());
  header.names = static_cast<std::uint8_t>(peer.names.size());
  return header;
}

std::uint8_t* put(std::uint8_t* out, const void* octets, std::size_t size) {
  if (size != 0) std::memcpy(out, octets, size);
  return out + size;
}

}  // namespace

void offer_saved(Engine& engine, const Wish& wish) {
  const TlsSession& saved = *wish.options.session;
  digest_of(engine, wish, engine.digest);
  Header header{};
  if (!read_header(saved, header) || !is_usable(engine, wish.options, header)) return;
  const std::size_t skip = sizeof header + header.subject + header.names;
  mbedtls_ssl_session session;
  mbedtls_ssl_session_init(&session);
  engine.offered = mbedtls_ssl_session_load(&session, saved.bytes.data + skip, saved.size - skip) == 0 &&
                   mbedtls_ssl_set_session(&engine.ssl, &session) == 0;
  mbedtls_ssl_session_free(&session);
}

void restore_report(const Engine& engine, const TlsOptions& options, TlsReport& report, TlsStream::PeerText& text) {
  Header header{};
  if (!read_header(*options.session, header)) return;
  const std::uint8_t* const subject = options.session->bytes.data + sizeof header;
  put(reinterpret_cast<std::uint8_t*>(text.subject), subject, header.subject);
  put(reinterpret_cast<std::uint8_t*>(text.names), subject + header.subject, header.names);
  PeerCertificate& peer = report.peer;
  peer.subject = std::string_view(text.subject, header.subject);
  peer.names = std::string_view(text.names, header.names);
  peer.names_cut = (header.flags & kNamesCut) != 0;
  peer.not_before = header.not_before;
  peer.not_after = header.not_after;
  std::memcpy(peer.spki.sha256, header.spki, sizeof header.spki);
  report.valid_from = header.valid_from;
  report.valid_until = header.valid_until;
  report.chain_verified = (header.flags & kChain) != 0;
  report.pin_verified = (header.flags & kPin) != 0;
  report.host_verified = (header.flags & kHost) != 0;
  report.time_checked = options.check_time && engine.now != 0 && is_within(engine.now, header);
}

void save(Engine& engine, const TlsReport& report, TlsSession& into) {
  mbedtls_ssl_session* const session = session_of(engine.ssl);
  const Text subject = report.peer.subject;
  const Text names = report.peer.names;
  const std::size_t skip = sizeof(Header) + subject.size() + names.size();
  std::size_t size = 0;
  static_cast<void>(save_session(*session, nullptr, 0, &size));
  into.too_big = skip + size > into.bytes.size;
  if (size == 0 || into.too_big) return;
  const Header header = header_of(engine, report);
  std::uint8_t* out = put(into.bytes.data, &header, sizeof header);
  out = put(out, subject.data(), subject.size());
  out = put(out, names.data(), names.size());
  into.size = save_session(*session, out, size, &size) == 0 ? skip + size : 0;
  into.changed = true;
}

void forget(TlsSession& saved) {
  saved.size = 0;
  saved.changed = true;
}

}  // namespace mailmote::mbedtls
