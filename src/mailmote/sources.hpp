// For Arduino and PlatformIO; written by tools/forward.
#include "../../include/mailmote/sources.hpp"
