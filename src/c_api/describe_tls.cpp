#include "c_api/objects.hpp"

using namespace mailmote;

const char* mailmote_describe_tls(mailmote_error_t error, const mailmote_stream_t* stream, const char* host, char* out,
                                  size_t size) {
  const TlsReport* const report = stream == nullptr ? nullptr : stream_of(stream).tls();
  if (report == nullptr) return mailmote_describe(error, out, size);
  describe(to_cpp(error), *report, to_text(host), out, size);
  return size == 0 ? "" : out;
}
