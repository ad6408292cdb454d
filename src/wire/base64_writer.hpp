// What a compose function puts, in base64, in pieces of any size.
#ifndef MAILMOTE_WIRE_BASE64_WRITER_HPP
#define MAILMOTE_WIRE_BASE64_WRITER_HPP

#include <cstddef>

#include "mailmote/sink.hpp"
#include "wire/base64.hpp"

namespace mailmote {

/// Puts the octets of `what`: the same ones in every run.
using Compose = void (*)(const void* what, Sink& out);

/// Skipping costs the same for every length.
void write_base64(Sink& out, Compose compose, const void* what);

}  // namespace mailmote

#endif
