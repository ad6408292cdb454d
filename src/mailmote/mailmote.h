// For Arduino and PlatformIO; written by tools/forward.
#include "../../include/mailmote/mailmote.h"
