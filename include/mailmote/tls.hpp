// TLS: what a TLS layer is asked for and what came of it. A TLS layer is a Stream over a Stream, such as
// mbedtls::TlsStream.
#ifndef MAILMOTE_TLS_HPP
#define MAILMOTE_TLS_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/random.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

/// Versions of TLS. Nothing older than 1.2 is ever spoken (RFC 8997).
enum class TlsVersion : std::uint8_t { none = 0, tls1_2 = 2, tls1_3 = 3 };

/// The SHA-256 of a certificate's SubjectPublicKeyInfo (RFC 7469 section 2.4).
struct SpkiPin {
  std::uint8_t sha256[32] = {};
};

/// What to do when a certificate's dates should be checked and the time of day is not known.
enum class ClockNotSet : std::uint8_t {
  refuse = 0,  ///< Status::tls_clock_not_set
  accept = 1,  ///< go on without looking at the dates; TlsReport::time_checked is false
};

/// A saved TLS session, for a shorter handshake with the same server next time. Its octets are a secret: they belong in
/// memory or in a file that nobody else reads (mode 0600), and are to be wiped after use. Only a handshake that asks for
/// the same host, port, trust, pins, client certificate and versions resumes it; for any other it is ignored.
struct TlsSession {
  MutableBytes bytes;      ///< the caller's buffer; 2,048 octets hold a session with most servers' tickets
  std::size_t size = 0;    ///< octets in use; 0: nothing saved. Given by the caller, set by the TLS layer
  bool changed = false;    ///< set when the TLS layer has put another session there: the caller may store it
  bool too_big = false;    ///< set when a session did not fit and was not saved
};

/// What TLS is asked for. All views must stay valid as long as a TLS layer uses the options.
///
/// A server is verified by a chain to `ca`, `ca_file` or `ca_dir`, by a pin, or by both when both are given. Without any of
/// them the handshake is refused with tls_no_trust, unless `insecure` is set.
struct TlsOptions {
  ByteView ca;                      ///< trusted certificates: PEM with its ending NUL counted, or one in DER
  const char* ca_file = nullptr;    ///< a file of PEM certificates; only where the TLS library reads files
  const char* ca_dir = nullptr;     ///< a directory of PEM certificates; likewise
  const SpkiPin* pins = nullptr;    ///< the server's own key must be one of them
  std::uint8_t pin_count = 0;       ///< at most 2
  bool insecure = false;            ///< verify nothing: anybody may read the mail and the password
  bool check_host = true;           ///< the certificate must name the host (RFC 9525); off only with a pin
  bool check_time = true;           ///< now must be within the certificate's dates; off only with a pin
  bool allow_downgrade = false;     ///< when the library lacks `max`, take its next lower one; `min` always holds
  ClockNotSet clock_not_set = ClockNotSet::refuse;
  TlsVersion min = TlsVersion::tls1_2;
  TlsVersion max = TlsVersion::none;  ///< none: the best that the library has. A version that it lacks: tls_version_unavailable
  std::uint16_t max_fragment = 0;   ///< ask for records of at most 512, 1024, 2048 or 4096 octets (RFC 6066; TLS 1.2); 0: no
  ByteView certificate;             ///< of the client, with its chain: PEM with its ending NUL counted, or DER
  ByteView private_key;             ///< of the client: PEM with its ending NUL counted, or DER; not encrypted
  WallClock clock;                  ///< for the certificates' dates
  RandomSource random;                    ///< required: Status::no_random_source without it
  TlsSession* session = nullptr;    ///< resumed from and saved to; null: every handshake is a full one
  Text server_name;                 ///< who the server must be, and is asked to be (SNI), in place of the host that was
                                    ///< connected to: the domain whose DNS has named that host (RFC 6186 section 6)
};

/// The server's certificate as it was sent. Data from outside: escape it before showing.
struct PeerCertificate {
  Text subject;                 ///< such as "CN=mail.example.com"; cut at 95 octets
  Text names;                   ///< its DNS names and addresses, separated by blanks
  bool names_cut = false;       ///< there are more than fit
  UnixTime not_before = 0;
  UnixTime not_after = 0;
  SpkiPin spki;                 ///< what a pin for this server would be
};

struct SecuringFeature;

/// How a client secures a connection. Linked with the streams that have a TLS layer, because their report names it.
extern const SecuringFeature kSecuring;

/// What came of the last handshake, also of one that failed: what is not known is empty or zero.
struct TlsReport {
  TlsVersion version = TlsVersion::none;
  Text cipher;                      ///< name of the cipher suite
  PeerCertificate peer;
  UnixTime valid_from = 0;          ///< between these two all certificates of the chain are valid
  UnixTime valid_until = 0;
  bool answered = false;            ///< the server has answered in TLS: its ServerHello was seen
  bool established = false;         ///< the handshake has ended well
  bool resumed = false;             ///< an earlier session was resumed; what it verified still holds
  bool chain_verified = false;      ///< a trusted certificate vouches for the server's
  bool pin_verified = false;        ///< its key is one of the pins
  bool host_verified = false;       ///< it names the host
  bool time_checked = false;        ///< now is within its dates
  bool downgraded = false;          ///< a lower version than TlsOptions::max was taken because the library lacks that
  bool certificate_wanted = false;  ///< the server asked for a client certificate
  std::uint8_t alert = 0;           ///< the alert that the server sent, RFC 8446 section 6; 0: none, or close_notify
  const SecuringFeature* securing = &kSecuring;  ///< for the client
};

/// A version's name, such as "TLS 1.3"; empty for none. Linked when named.
Text name(TlsVersion version);

/// An alert's name as RFC 8446 section 6 has it, such as "handshake_failure"; empty when unknown. Linked when named.
Text tls_alert_name(std::uint8_t alert);

/// As describe() in status.hpp, and what TLS knows of it: the certificate's names and dates, the alert, the wish for a
/// client certificate. `host` is the server as it was named; what comes from outside is escaped. 192 octets hold what
/// describe() says, 512 mostly all; a smaller buffer cuts it. Linked when named.
Text describe(const Error& error, const TlsReport& report, Text host, char* out, std::size_t size);

template <std::size_t N>
Text describe(const Error& error, const TlsReport& report, Text host, char (&out)[N]) {
  return describe(error, report, host, out, N);
}

}  // namespace mailmote

#endif
