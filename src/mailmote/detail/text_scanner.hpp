// For Arduino and PlatformIO; written by tools/forward.
#include "../../../include/mailmote/detail/text_scanner.hpp"
