#include "mailmote/mailmote.hpp"
#include "mailmote/posix/waiter.hpp"

static_assert(mailmote::kReplyTextSize == 64, "the configuration does not reach the application");
