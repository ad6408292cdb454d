#include "connection_arguments.hpp"

#include <CLI/CLI.hpp>
#include <map>

#include "failure.hpp"
#include "validator.hpp"

namespace mailmote::cli {
namespace {

const std::map<std::string, Security> kSecurities = {{"none", Security::none},
                                                     {"starttls", Security::starttls},
                                                     {"implicit", Security::implicit},
                                                     {"auto", Security::automatic}};

posix::TcpOptions parse_bind(const std::string& text) {
  posix::TcpOptions options;
  if (!posix::parse_local_end(Text(text), options)) {
    throw Failure::usage("give an address, a port or range of ports, or both, as in 192.0.2.7 or [::1]:2500-2600");
  }
  return options;
}

void add_places(CLI::App& command, ConnectionWords& words, Arguments& out) {
  CLI::Option* const server = command.add_option("--server", words.server,
                                                 "smtp://user@host:port, or smtps:// for implicit TLS");
  CLI::Option* const host = command.add_option("--host", words.host, "the server's name or address");
  CLI::Option* const port = command.add_option("--port", words.port, "its port (465, or 587 with STARTTLS)");
  port->check(CLI::Range(1, 65535))->needs(host);
  server->check(parsed_by(parse_server))->excludes(host);
  command.add_option("--discover", out.discover, "the server that the DNS names for this mail address or domain")
      ->excludes(server)
      ->excludes(host);
  command.add_option("--security", words.security, "none, starttls, implicit or auto (auto; with smtps:// implicit)")
      ->check(CLI::IsMember({"none", "starttls", "implicit", "auto"}));
}

void add_way(CLI::App& command, ConnectionWords& words, Arguments& out) {
  CLI::Option* const options[] = {
      command.add_option("--proxy", out.proxy.url, "socks4://user@host:port, socks4a://, socks5://, socks5h://, "
                                                   "http://, https://, or env for what ALL_PROXY and NO_PROXY say"),
      command.add_option("--proxy-password-file", out.proxy.password_file, "a file with the proxy's password"),
      command.add_option("--proxy-password-env", out.proxy.password_env, "an environment variable with it"),
      command.add_option("--bind", words.bind, "connect from this address, port or range, as in 192.0.2.7:2500-2600")
          ->check(parsed_by(parse_bind)),
      command.add_option("--interface", out.interface, "connect through this network interface, such as eth1")};
  for (CLI::Option* const option : options) option->group("Way to the server");
}

}  // namespace

void add_connection(CLI::App& command, ConnectionWords& words, Arguments& out) {
  add_places(command, words, out);
  command.add_flag("--allow-clear", out.allow_clear, "mail may go unencrypted to another machine");
  command.add_option("--helo", out.helo, "the name to say in EHLO (the local address)");
  command.add_option("--timeout", out.timeout, "ms for everything (no limit)")->check(CLI::Range(1U, kMaxTimeout));
  command.add_option("--greeting-timeout", out.greeting_timeout, "ms until the server greets")
      ->check(CLI::Range(1U, kMaxTimeout));
  command.add_option("--timeouts", words.timeouts, "rfc (minutes a step) or device (10-60 s a step) (rfc)")
      ->check(CLI::IsMember({"rfc", "device"}));
  command.add_flag("--no-pipelining", out.no_pipelining, "one command at a time");
  command.add_flag("--no-chunking", out.no_chunking, "DATA even where BDAT is offered");
  add_way(command, words, out);
  add_login(command, words.login, out.login);
  add_tls(command, words.tls, out.tls);
}

void resolve_connection(const ConnectionWords& words, Arguments& out) {
  out.server = {words.host, static_cast<std::uint16_t>(words.port), false, {}, {}};
  if (!words.server.empty()) {
    if (!words.host.empty() || words.port != 0) throw Failure::usage("--server excludes --host and --port");
    out.server = parse_server(words.server);
  }
  if (!words.security.empty()) out.security = kSecurities.at(words.security);
  else if (out.server.implicit_tls) out.security = Security::implicit;
  resolve_tls(words.tls, out.tls);
  resolve_login(words.login, out.server, out.login);
  if (words.timeouts == "device") out.timeouts = &kDeviceTimeouts;
  if (!words.bind.empty()) out.tcp = parse_bind(words.bind);
}

}  // namespace mailmote::cli
