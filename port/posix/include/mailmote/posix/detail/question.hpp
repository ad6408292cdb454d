// A question to the name service, whose nature depends on the build.
#ifndef MAILMOTE_POSIX_DETAIL_QUESTION_HPP
#define MAILMOTE_POSIX_DETAIL_QUESTION_HPP

#include <memory>

namespace mailmote::posix::detail {

class Question;
class Lookup;
struct Service;

struct Forget {
  void operator()(Question* question) const;
  void operator()(Lookup* lookup) const;
};

/// To let go of it is to cancel it.
using QuestionPointer = std::unique_ptr<Question, Forget>;
using LookupPointer = std::unique_ptr<Lookup, Forget>;

}  // namespace mailmote::posix::detail

#endif
