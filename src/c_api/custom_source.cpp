#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

namespace mailmote {

static_assert(can_hold<mailmote_custom_source_t, CustomSource>);

Status CustomSource::do_start(const Offer& offer, ContentPlan& plan) {
  const mailmote_offer_t offered = {offer.eight_bit, offer.smtputf8, offer.encodes, offer.binary_mime};
  mailmote_content_plan_t planned = {};
  planned.length = plan.length;
  planned.length_known = plan.length_known;
  planned.rewindable = plan.rewindable;
  planned.eight_bit = plan.eight_bit;
  planned.smtputf8 = plan.smtputf8;
  planned.form = to_c<mailmote_content_form_t>(plan.form);
  planned.binary = plan.binary;
  planned.unfinished = plan.unfinished;
  const Status status = static_cast<Status>(ops_.start(context_, &offered, &planned));
  plan.length = planned.length;
  plan.length_known = planned.length_known;
  plan.rewindable = planned.rewindable;
  plan.eight_bit = planned.eight_bit;
  plan.smtputf8 = planned.smtputf8;
  plan.form = static_cast<ContentForm>(planned.form);
  plan.binary = planned.binary;
  plan.unfinished = planned.unfinished;
  return status;
}

ReadResult CustomSource::do_read(MutableBytes into) {
  std::size_t n = 0;
  const ReadStatus status = static_cast<ReadStatus>(ops_.read(context_, into.data, into.size, &n));
  return {status, n};
}

}  // namespace mailmote

using namespace mailmote;

mailmote_source_t* mailmote_custom_source_init(mailmote_custom_source_t* memory, const mailmote_source_ops_t* ops,
                                               void* context) {
  return ops == nullptr ? nullptr : to_c_source(*new (memory) CustomSource(*ops, context));
}
