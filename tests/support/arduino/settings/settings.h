// The settings of the example's sketch in tests: a server of this machine, whose CA is in the file that the environment
// variable MAILMOTE_CA names, and a password from MAILMOTE_PASSWORD.
#ifndef MAILMOTE_TESTS_ARDUINO_SETTINGS_H
#define MAILMOTE_TESTS_ARDUINO_SETTINGS_H

#include <stdio.h>
#include <stdlib.h>

inline constexpr char kNetwork[] = "loopback";
inline constexpr char kNetworkPassword[] = "none";
inline constexpr char kServer[] = "localhost";
inline constexpr char kUser[] = "tank@example.com";
inline const char* const kPassword = getenv("MAILMOTE_PASSWORD");
inline constexpr char kTo[] = "ops@example.com";
inline char kCa[16384];  // ends with zeros

inline const bool kCaIsThere = [] {
  FILE* const file = fopen(getenv("MAILMOTE_CA"), "r");
  const bool read = file != nullptr && fread(kCa, 1, sizeof kCa - 1, file) > 0;
  if (file != nullptr) fclose(file);
  return read;
}();

#endif
