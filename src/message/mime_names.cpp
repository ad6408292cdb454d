#include "message/mime_names.hpp"

#include "wire/words.hpp"

namespace mailmote {

void put_encoding(Sink& sink, TransferEncoding encoding) {
  Text names = "7bit 7bit 8bit quoted-printable base64 binary binary";  // in the order of TransferEncoding
  for (int i = 0; i < static_cast<int>(encoding); ++i) take_word(names);
  sink.put("Content-Transfer-Encoding: ");
  sink.put(take_word(names));
  sink.put("\r\n");
}

}  // namespace mailmote
