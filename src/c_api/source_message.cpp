#include "c_api/no_runtime.hpp"
#include "c_api/objects.hpp"

namespace mailmote {
namespace {

class CustomSource final : public BodySource {
 public:
  CustomSource(const mailmote_source_ops_t& ops, void* context) : ops_(ops), context_(context) {}

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override {
    const mailmote_offer_t offered = {offer.eight_bit, offer.smtputf8};
    mailmote_content_plan_t planned = {};
    const Status status = static_cast<Status>(ops_.start(context_, &offered, &planned));
    plan.length = planned.length;
    plan.length_known = planned.length_known;
    plan.rewindable = planned.rewindable;
    plan.eight_bit = planned.eight_bit;
    plan.smtputf8 = planned.smtputf8;
    plan.form = static_cast<ContentForm>(planned.form);
    return status;
  }
  ReadResult do_read(MutableBytes into) override {
    std::size_t n = 0;
    const ReadStatus status = static_cast<ReadStatus>(ops_.read(context_, into.data, into.size, &n));
    return {status, n};
  }

  const mailmote_source_ops_t& ops_;
  void* context_;
};

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
  return to_c((new (memory) SourceMessage(to_text(sender), recipients_of(to, count), *ops, context))->message);
}
