// A source in C: so many octets, as the input says, and it may break off.
#ifndef MAILMOTE_TESTS_FUZZ_C_API_OCTETS_HPP
#define MAILMOTE_TESTS_FUZZ_C_API_OCTETS_HPP

#include "fuzz/fuzz.hpp"
#include "mailmote/mailmote.h"

namespace mailmote::test {

struct Octets {
  Feed* feed = nullptr;
  std::uint32_t left = 0;
  bool unfinished = false;

  static mailmote_status_t start(void* context, const mailmote_offer_t* offer, mailmote_content_plan_t* plan) {
    Octets& octets = *static_cast<Octets*>(context);
    require(octets.unfinished || !plan->unfinished, "a plan that begins empty");
    const unsigned how = octets.feed->octet();
    octets.left = how;
    octets.unfinished = plan->unfinished = (how & 128U) != 0 && !plan->unfinished;
    plan->length_known = (how & 1U) != 0;
    plan->length = how;
    plan->rewindable = (how & 2U) != 0;
    plan->eight_bit = (how & 4U) != 0 && offer->eight_bit;
    plan->form = (how & 8U) != 0 ? MAILMOTE_CONTENT_SAFE : MAILMOTE_CONTENT_ANY;
    plan->binary = (how & 24U) == 24U && offer->binary_mime;
    return (how & 96U) == 96U ? MAILMOTE_SOURCE_FAILED : MAILMOTE_OK;
  }

  static mailmote_read_t read(void* context, std::uint8_t* into, std::size_t size, std::size_t* n) {
    Octets& octets = *static_cast<Octets*>(context);
    require(into != nullptr && size >= 16 && *n == 0, "room for the octets of a source");
    const unsigned luck = octets.feed->pick(16);
    if (luck == 15) return MAILMOTE_READ_ERROR;
    if (luck == 14) return MAILMOTE_READ_WOULD_BLOCK;
    for (; *n < size && octets.left != 0; ++*n, --octets.left) into[*n] = octets.left % 9 != 0 ? 'x' : '\n';
    return octets.left == 0 ? MAILMOTE_READ_END : MAILMOTE_READ_OK;
  }

  static constexpr mailmote_source_ops_t kOps = {start, read};
};

}  // namespace mailmote::test

#endif
