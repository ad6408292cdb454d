#include "mailmote/posix/detail/question.hpp"

#include "lookup.hpp"

namespace mailmote::posix::detail {

void Forget::operator()(Question* question) const { delete question; }
void Forget::operator()(Lookup* lookup) const { delete lookup; }

}  // namespace mailmote::posix::detail
