#include "message/mime_names.hpp"

#include "message/field_names.hpp"

namespace mailmote {

void put_encoding(Sink& sink, TransferEncoding encoding) {
  begin_field(sink, FieldName::content_transfer_encoding);
  switch (encoding) {
    case TransferEncoding::automatic:
    case TransferEncoding::seven_bit: sink.put("7bit"); break;
    case TransferEncoding::eight_bit: sink.put("8bit"); break;
    case TransferEncoding::quoted_printable: sink.put("quoted-printable"); break;
    case TransferEncoding::base64: sink.put("base64"); break;
    case TransferEncoding::binary:
    case TransferEncoding::binary_if_offered: sink.put("binary"); break;
  }
  sink.put("\r\n");
}

}  // namespace mailmote
