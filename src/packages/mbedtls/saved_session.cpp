// For Arduino and PlatformIO; written by tools/forward.
#if __has_include(<mbedtls/ssl.h>)
#include "../../../port/mbedtls/saved_session.cpp"
#endif
