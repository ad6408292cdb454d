// For Arduino and PlatformIO; written by tools/forward.
#include "../../../include/mailmote/detail/line_reader.hpp"
