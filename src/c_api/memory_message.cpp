#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/text_message.hpp"

namespace mailmote {
namespace {

struct MemoryMessage {
  MemoryMessage(Text sender, Recipients to, Text octets) : content(octets), message(sender, to, content) {}

  MemorySource content;
  Message message;
};
static_assert(can_hold<mailmote_memory_message_t, MemoryMessage>);

}  // namespace
}  // namespace mailmote

using namespace mailmote;

mailmote_message_t* mailmote_memory_message_init(mailmote_memory_message_t* memory, const char* sender,
                                                 mailmote_recipient_t* to, size_t count, const void* content,
                                                 size_t size) {
  const Text octets = std::string_view(static_cast<const char*>(content), content == nullptr ? 0 : size);
  return to_c((new (memory) MemoryMessage(to_text(sender), recipients_of(to, count), octets))->message);
}
