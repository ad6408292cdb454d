#include "c_api/objects.hpp"

using namespace mailmote;

namespace {

mailmote_io_t told(const IoResult& result, size_t* n) {
  *n = result.n;
  return to_c<mailmote_io_t>(result.status);
}

mailmote_ip_endpoint_t to_c_end(const IpEndpoint& end) {
  mailmote_ip_endpoint_t same = {};
  same.family = static_cast<std::uint8_t>(end.address.family);
  for (int i = 0; i < 16; ++i) same.octets[i] = end.address.octets[i];
  same.port = end.port;
  return same;
}

}  // namespace

mailmote_io_t mailmote_stream_open(mailmote_stream_t* stream, const char* host, uint16_t port) {
  return to_c<mailmote_io_t>(stream_of(stream).open({to_text(host), port}));
}

mailmote_io_t mailmote_stream_progress(mailmote_stream_t* stream, uint32_t now) {
  return to_c<mailmote_io_t>(stream_of(stream).progress(now));
}

mailmote_io_t mailmote_stream_read(mailmote_stream_t* stream, void* into, size_t size, size_t* n) {
  return told(stream_of(stream).read({static_cast<std::uint8_t*>(into), size}), n);
}

mailmote_io_t mailmote_stream_write(mailmote_stream_t* stream, const void* from, size_t size, size_t* n) {
  return told(stream_of(stream).write({static_cast<const std::uint8_t*>(from), size}), n);
}

mailmote_io_t mailmote_stream_close(mailmote_stream_t* stream) {
  return to_c<mailmote_io_t>(stream_of(stream).close());
}

void mailmote_stream_abort(mailmote_stream_t* stream) { stream_of(stream).abort(); }

mailmote_interest_t mailmote_stream_wait(const mailmote_stream_t* stream) {
  const Interest asked = stream_of(stream).wait();
  const std::uint32_t timeout = asked.timeout;
  return {asked.read, asked.write, asked.again || timeout == 0, timeout == Interest::kNoLimit ? 0 : timeout};
}

mailmote_ip_endpoint_t mailmote_stream_local(const mailmote_stream_t* stream) {
  return to_c_end(stream_of(stream).local());
}

mailmote_ip_endpoint_t mailmote_stream_remote(const mailmote_stream_t* stream) {
  return to_c_end(stream_of(stream).remote());
}

mailmote_status_t mailmote_stream_status(const mailmote_stream_t* stream) {
  return to_c<mailmote_status_t>(stream_of(stream).status());
}

int32_t mailmote_stream_native(const mailmote_stream_t* stream) { return stream_of(stream).native(); }
