// For Arduino and PlatformIO; written by tools/forward.
#include "../../../include/mailmote/detail/reply_parser.hpp"
