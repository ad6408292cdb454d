// The template port over connections in memory.
#include "contract/memory_link.hpp"
#include "contract/stream_contract.hpp"
#include "mailmote/yours/tcp_stream.hpp"

namespace mailmote::contract {

class TemplateLink : public MemoryLink {
 public:
  Stream& stream() { return stream_; }

 private:
  yours::TcpStream stream_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Template, StreamContract, TemplateLink, Numbered);

}  // namespace mailmote::contract
