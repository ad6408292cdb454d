#include "mailmote/observer.hpp"

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

namespace mailmote {
namespace {

class CustomObserver final : public Observer {
 public:
  constexpr CustomObserver(const mailmote_observer_ops_t& ops, void* context) : ops_(ops), context_(context) {}

  void on_line(Phase phase, ByteView line, bool cut) override {
    if (ops_.on_line != nullptr) ops_.on_line(context_, to_c<mailmote_phase_t>(phase), line.data, line.size, cut);
  }
  void on_sent(Phase phase, ByteView octets, Sent kind) override {
    if (ops_.on_sent == nullptr) return;
    ops_.on_sent(context_, to_c<mailmote_phase_t>(phase), octets.data, octets.size, to_c<mailmote_sent_t>(kind));
  }
  void on_recipient(std::size_t index, const Reply& reply) override {
    const mailmote_reply_t same = {reply.code, to_c(reply.enhanced), to_octets(reply.text)};
    if (ops_.on_recipient != nullptr) ops_.on_recipient(context_, index, &same);
  }

 private:
  const mailmote_observer_ops_t& ops_;
  void* context_;
};
static_assert(can_hold<mailmote_observer_t, CustomObserver>);

}  // namespace
}  // namespace mailmote

using namespace mailmote;

mailmote_observer_t* mailmote_observer_init(mailmote_observer_t* memory, const mailmote_observer_ops_t* ops,
                                            void* context) {
  if (ops == nullptr) return nullptr;
  Observer* const made = new (memory) CustomObserver(*ops, context);
  return reinterpret_cast<mailmote_observer_t*>(made);
}
