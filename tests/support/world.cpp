#include "support/world.hpp"

#include "support/text.hpp"

namespace mailmote::test {
namespace {

// No operation may take longer than its own bound and an orderly close.
constexpr std::uint64_t kSlack = 5000;

// Calls of the stream in one poll while a ProxyStream talks.
constexpr std::size_t kProxyCalls = 16;

std::vector<std::string> addresses(unsigned number, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back("r" + std::to_string(i) + "." + std::to_string(number) + "@example.com");
  return all;
}

}  // namespace

Mail::Mail(unsigned number, std::size_t recipients, const std::string& body)
    : addresses_(addresses(number, recipients)),
      recipients_(addresses_.begin(), addresses_.end()),
      message("sensor@example.com", Recipients(recipients_.data(), recipients_.size()), source) {
  source.octets = "Subject: mail " + std::to_string(number) + "\r\n\r\n" + body;
}

std::string Mail::stored() const { return canonical(source.octets); }

World::World(Windows windows, Millis begin, Proxy* proxy)
    : clock{begin},
      stream(clock, server),
      rx_(windows.rx),
      tx_(windows.tx),
      client(way(proxy), options, {rx_.data(), rx_.size()}, {tx_.data(), tx_.size()}),
      driver(client, stream, clock) {
  options.host = "127.0.0.1";
  options.security = Security::none;
  options.helo = "client.example";
  options.timeouts = &kDeviceTimeouts;
  if (proxy != nullptr) driver.io_limit = kProxyCalls;
}

Stream& World::way(Proxy* proxy) {
  if (proxy == nullptr) return stream;
  return through_.emplace(stream, *proxy);
}

std::string World::send(Mail& mail, After after) {
  stream.watch().begin_mail();
  const std::uint64_t begin = driver.elapsed();
  const Status status = client.start(mail.message, after);
  if (status != Status::ok) return "start: " + std::string(name(status));
  std::string problem = driver.run_to_done();
  if (problem.empty() && driver.elapsed() - begin > kDeviceTimeouts.operation + kSlack) {
    problem = "it took " + std::to_string(driver.elapsed() - begin) + " ms";
  }
  return problem.empty() ? judge_all(mail) : problem;
}

std::string World::judge_all(const Mail& mail) const {
  std::string problem = judge(client, mail.message, stream.watch());
  if (problem.empty()) problem = judge_store(mail.message, server, mail.stored());
  return problem.empty() ? server.complaint() : problem;
}

std::string World::clean_run() {
  std::string problem = driver.run_to_idle();
  if (!problem.empty()) return "afterwards: " + problem;
  const bool was_open = stream.is_open();
  stream.network = Network{};
  if (was_open) stream.break_now(Ending::close);
  server.hook = nullptr;
  server.down = false;
  server.strict = true;
  Mail mail(999999);
  problem = send(mail);
  if (problem.empty() && client.outcome() != Outcome::accepted) {
    problem = "it is " + std::string(name(client.outcome())) + ": " + std::string(name(client.error().status));
  }
  if (problem.empty()) problem = driver.run_to_idle();
  return problem.empty() ? problem : "clean run: " + problem;
}

}  // namespace mailmote::test
