// A network of this machine. WiFiClient connects to the port that the environment variable MAILMOTE_PORT_<n> names for
// port n, and to nothing where there is none.
#ifndef MAILMOTE_TESTS_ARDUINO_WIFI_H
#define MAILMOTE_TESTS_ARDUINO_WIFI_H

#include <Arduino.h>
#include <stdlib.h>

#include "loopback_client.hpp"

constexpr int WL_CONNECTED = 3;

struct FakeWiFi {
  void begin(const char*, const char*) {}
  int status() { return WL_CONNECTED; }
};
inline FakeWiFi WiFi;

class WiFiClient : public mailmote::test::LoopbackClient {
 public:
  int connect(const char*, uint16_t port) {
    char name[24];
    snprintf(name, sizeof name, "MAILMOTE_PORT_%u", static_cast<unsigned>(port));
    const char* const there = getenv(name);
    return there != nullptr ? LoopbackClient::connect("127.0.0.1", static_cast<uint16_t>(atoi(there))) : 0;
  }
};

#endif
