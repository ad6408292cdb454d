// For Arduino and PlatformIO; written by tools/forward.
#if __has_include(<mbedtls/ssl.h>)
#include "../../../port/mbedtls/max_ops.cpp"
#endif
