#include "tls_support/connection.hpp"

namespace mailmote::tls_support {
namespace {

UnixTime read_clock(void* now) { return *static_cast<UnixTime*>(now); }

}  // namespace

Connection::Connection(const ServerOptions& server_options)
    : server(std::make_unique<TlsServer>(server_options)), server_options_(server_options), ca_(root().certificate) {
  options.ca = view(ca_);
  options.random = random();
  options.clock = {&read_clock, &now};
}

IoStatus Connection::handshake(Text host, std::uint16_t port) {
  if (is_used_) {
    tls.abort();
    server = std::make_unique<TlsServer>(server_options_);
    wire.to_near.clear();
    wire.to_far.clear();
  }
  is_used_ = true;
  IoStatus status = tls.open({host, port});
  if (status == IoStatus::ok) status = tls.start_tls();
  if (status == IoStatus::would_block) status = advance();
  if (status == IoStatus::ok) carry();  // the client's last words, which TLS 1.3 does not wait for
  return status;
}

IoStatus Connection::advance() {
  IoStatus status = IoStatus::would_block;
  while (status == IoStatus::would_block && sleep()) status = tls.progress(0);
  return status;
}

bool Connection::sleep() {
  if (longest == 0 || --longest == 0) return false;
  const Interest interest = tls.wait();
  if (interest.again) return true;
  carry();
  const bool readable = !wire.to_near.empty() || wire.far_ended || wire.far_reset;
  return (interest.read && readable) || (interest.write && wire.to_far.size() < wire.room);
}

void Connection::carry() {
  server->in += wire.to_far;
  wire.to_far.clear();
  server->run();
  wire.to_near += server->out;
  server->out.clear();
}

std::string Connection::read_exactly(std::size_t size) {
  std::string all;
  while (all.size() < size) {
    std::string buffer(size - all.size(), '\0');
    const IoResult result = tls.read({reinterpret_cast<std::uint8_t*>(buffer.data()), buffer.size()});
    if (result.status == IoStatus::ok) all.append(buffer, 0, result.n);
    if (result.status != IoStatus::ok && (result.status != IoStatus::would_block || !sleep())) break;
  }
  return all;
}

std::string Connection::read_to_end(IoStatus& last) {
  std::string all;
  do {
    std::uint8_t buffer[512];
    const IoResult result = tls.read({buffer, sizeof buffer});
    last = result.status;
    if (last == IoStatus::ok) all.append(reinterpret_cast<const char*>(buffer), result.n);
  } while (last == IoStatus::ok || (last == IoStatus::would_block && sleep()));
  return all;
}

IoStatus Connection::write_all(const std::string& octets) {
  for (std::size_t at = 0; at < octets.size();) {
    const IoResult result = tls.write({view(octets).data + at, octets.size() - at});
    if (result.status == IoStatus::ok) at += result.n;
    if (result.status != IoStatus::ok && (result.status != IoStatus::would_block || !sleep())) return result.status;
  }
  IoStatus status = IoStatus::ok;
  while (status == IoStatus::ok && tls.wait().write && sleep()) status = tls.progress(0);
  return status;
}

IoStatus Connection::close() {
  IoStatus status = tls.close();
  while (status == IoStatus::would_block && sleep()) status = tls.close();
  return status;
}

}  // namespace mailmote::tls_support
