// For Arduino and PlatformIO; written by tools/forward.
#include "../../../port/arduino/include/mailmote/arduino/mailer.hpp"
