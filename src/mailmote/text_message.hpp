// For Arduino and PlatformIO; written by tools/forward.
#include "../../include/mailmote/text_message.hpp"
