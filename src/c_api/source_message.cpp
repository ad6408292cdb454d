#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

namespace mailmote {
namespace {

struct SourceMessage {
  SourceMessage(Text sender, Recipients to, const mailmote_source_ops_t& ops, void* context)
      : content(ops, context), message(sender, to, content) {}

  CustomSource content;
  Message message;
};
static_assert(can_hold<mailmote_source_message_t, SourceMessage>);

}  // namespace
}  // namespace mailmote

using namespace mailmote;

mailmote_message_t* mailmote_source_message_init(mailmote_source_message_t* memory, const char* sender,
                                                 mailmote_recipient_t* to, size_t count,
                                                 const mailmote_source_ops_t* ops, void* context) {
  if (ops == nullptr) return nullptr;
  return to_c((new (memory) SourceMessage(to_text(sender), recipients_of(to, count), *ops, context))->message);
}
