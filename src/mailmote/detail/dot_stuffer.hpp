// For Arduino and PlatformIO; written by tools/forward.
#include "../../../include/mailmote/detail/dot_stuffer.hpp"
