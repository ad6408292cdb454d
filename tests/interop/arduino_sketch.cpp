// Runs the sketch examples/arduino/SendMail for test_arduino.py, with the settings of tests/support/arduino/settings:
// setup(), and loop() until the outcome was printed and for a moment more.
#include <Arduino.h>

#include "SendMail.ino"

int main() {
  constexpr uint32_t kPatience = 20000;
  constexpr uint32_t kFarewell = 300;
  const uint32_t begin = millis();
  setup();
  while (Serial.lines == 0 && millis() - begin < kPatience) loop();
  for (const uint32_t end = millis(); millis() - end < kFarewell;) loop();
  return Serial.lines != 0 ? 0 : 1;
}
