// For Arduino and PlatformIO; written by tools/forward.
#if __has_include(<mbedtls/ssl.h>)
#include "../../../port/mbedtls/c_max_ops.cpp"
#endif
