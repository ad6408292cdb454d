#include "mailmote/mbedtls/tls_stream.h"

#include "mailmote/c/bridge.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"

namespace mailmote::mbedtls {
namespace {

struct StreamObject {
  StreamObject(Stream& inner, const mailmote_tls_options_t& given) : options(to_cpp(given)), stream(inner, options) {}

  TlsOptions options;
  TlsStream stream;
};
static_assert(can_hold<mailmote_mbedtls_stream_t, StreamObject>, "raise MAILMOTE_MBEDTLS_STREAM_SIZE");

}  // namespace
}  // namespace mailmote::mbedtls

using namespace mailmote;

mailmote_stream_t* mailmote_mbedtls_stream_init(mailmote_mbedtls_stream_t* memory, mailmote_stream_t* inner,
                                                const mailmote_tls_options_t* options) {
  if (inner == nullptr || options == nullptr) return nullptr;
  return to_c((new (memory) mbedtls::StreamObject(stream_of(inner), *options))->stream);
}
