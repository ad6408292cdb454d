#include "mailmote/mbedtls/hash.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "tls_layer.hpp"

namespace mailmote::cli {

struct TlsLayer::Layer {
  mbedtls::TlsStream stream;
};

bool has_tls() { return true; }

const ScramHash* scram_sha_256() { return &mbedtls::kSha256; }
const ScramHash* scram_sha_1() { return &mbedtls::kSha1; }

TlsLayer::TlsLayer(Stream& below, const TlsOptions& options) : layer_(new Layer{{below, options}}) {}

TlsLayer::~TlsLayer() { stream().abort(); }

Stream& TlsLayer::stream() const { return layer_->stream; }

}  // namespace mailmote::cli
