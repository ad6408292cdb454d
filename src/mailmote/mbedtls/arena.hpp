// For Arduino and PlatformIO; written by tools/forward.
#include "../../../port/mbedtls/include/mailmote/mbedtls/arena.hpp"
