#include "tls_layer.hpp"

namespace mailmote::cli {

struct TlsLayer::Layer {
  Stream& stream;
};

bool has_tls() { return false; }

const ScramHash* scram_sha_256() { return nullptr; }
const ScramHash* scram_sha_1() { return nullptr; }

TlsLayer::TlsLayer(Stream& below, const TlsOptions&) : layer_(new Layer{below}) {}

TlsLayer::~TlsLayer() = default;

Stream& TlsLayer::stream() const { return layer_->stream; }

}  // namespace mailmote::cli
