// For Arduino and PlatformIO; written by tools/forward.
#include "../../../include/mailmote/detail/transfer_encoder.hpp"
