#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_memory_source_t, MemorySource>);

mailmote_source_t* mailmote_memory_source_init(mailmote_memory_source_t* memory, const void* octets, size_t size) {
  const Text text = std::string_view(static_cast<const char*>(octets), octets == nullptr ? 0 : size);
  return to_c_source(*new (memory) MemorySource(text));
}
