// Stands in for the replayable writer: the step that is proved does not use it.
#include "mailmote/bytes.hpp"
namespace mailmote {
class Sink {
 public:
  void put(const char* octets, std::size_t size);
};
}  // namespace mailmote
