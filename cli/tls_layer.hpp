// What the program has for TLS: Mbed TLS (mbedtls_layer.cpp) or nothing (no_tls_layer.cpp), by how it was built.
#ifndef MAILMOTE_CLI_TLS_LAYER_HPP
#define MAILMOTE_CLI_TLS_LAYER_HPP

#include <memory>

#include "mailmote/scram.hpp"
#include "mailmote/stream.hpp"
#include "mailmote/tls.hpp"

namespace mailmote::cli {

/// Whether the program was built with TLS.
bool has_tls();

/// The hashes of SCRAM; null in a program without TLS.
const ScramHash* scram_sha_256();
const ScramHash* scram_sha_1();

/// A stream with TLS over another one; the other one itself in a program without TLS.
class TlsLayer {
 public:
  /// Both must outlive it.
  TlsLayer(Stream& below, const TlsOptions& options);
  ~TlsLayer();

  Stream& stream() const;

 private:
  struct Layer;

  std::unique_ptr<Layer> layer_;
};

}  // namespace mailmote::cli

#endif
