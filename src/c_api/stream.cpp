#include "c_api/custom_stream.hpp"

namespace mailmote {
namespace {

class PlainCustomStream final : public CustomStream {
 public:
  using CustomStream::CustomStream;
};
static_assert(can_hold<mailmote_custom_stream_t, PlainCustomStream>);

}  // namespace
}  // namespace mailmote

using namespace mailmote;

mailmote_stream_t* mailmote_custom_stream_init(mailmote_custom_stream_t* memory, const mailmote_stream_ops_t* ops,
                                               void* context) {
  return ops == nullptr ? nullptr : to_c(*new (memory) PlainCustomStream(*ops, context));
}
