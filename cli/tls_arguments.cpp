#include "tls_arguments.hpp"

#include <CLI/CLI.hpp>

#include "failure.hpp"
#include "pin.hpp"
#include "tls_layer.hpp"
#include "validator.hpp"

namespace mailmote::cli {
namespace {

constexpr std::size_t kMaxPins = 2;

TlsVersion version_of(const std::string& word) { return word == "1.3" ? TlsVersion::tls1_3 : TlsVersion::tls1_2; }

}  // namespace

void add_tls(CLI::App& command, TlsWords& words, TlsArguments& out) {
  CLI::Option* const certificate =
      command.add_option("--cert", out.certificate_file, "a file with the client's certificate and its chain");
  CLI::Option* const key = command.add_option("--key", out.key_file, "a file with the client's key, not encrypted");
  certificate->needs(key);
  key->needs(certificate);
  CLI::Option* const options[] = {
      command.add_option("--ca-file", out.ca_file, "a file of trusted certificates (the system's)"),
      command.add_option("--ca-dir", out.ca_dir, "a directory of trusted certificates"),
      command.add_option("--pin", words.pins, "sha256:BASE64 of the server's key; may be given twice")
          ->allow_extra_args(false)
          ->check(parsed_by(parse_pin)),
      command.add_flag("--insecure", out.insecure, "believe any server: anybody between may read the mail"),
      certificate,
      key,
      command.add_option("--tls-min", words.min, "the oldest version, 1.2 or 1.3 (1.2)")
          ->check(CLI::IsMember({"1.2", "1.3"})),
      command.add_option("--tls-max", words.max, "the newest version, 1.2 or 1.3 (the best there is)")
          ->check(CLI::IsMember({"1.2", "1.3"})),
      command.add_flag("--tls-allow-downgrade", out.allow_downgrade,
                       "take the next older version where --tls-max is not available here"),
      command.add_option("--tls-session", out.session_file, "a file that keeps a session for a shorter handshake"),
      command.add_option("--clock-not-set", words.clock_not_set,
                         "refuse certificates or accept them without their dates, without the time of day (refuse)")
          ->check(CLI::IsMember({"refuse", "accept"}))};
  for (CLI::Option* const option : options) option->group(has_tls() ? "TLS" : "");
}

void resolve_tls(const TlsWords& words, TlsArguments& out) {
  if (out.certificate_file.empty() != out.key_file.empty()) throw Failure::usage("--cert and --key go together");
  if (words.pins.size() > kMaxPins) throw Failure::usage("--pin: it may be given twice, not more often");
  for (const std::string& pin : words.pins) out.pins.push_back(parse_pin(pin));
  out.min = version_of(words.min);
  if (!words.max.empty()) out.max = version_of(words.max);
  if (out.max != TlsVersion::none && out.min > out.max) throw Failure::usage("--tls-min is above --tls-max");
  if (words.clock_not_set == "accept") out.clock_not_set = ClockNotSet::accept;
  if (out.insecure && !(out.pins.empty() && out.ca_file.empty() && out.ca_dir.empty())) {
    throw Failure::usage("--insecure believes any server: leave out --ca-file, --ca-dir and --pin, or --insecure");
  }
}

}  // namespace mailmote::cli
