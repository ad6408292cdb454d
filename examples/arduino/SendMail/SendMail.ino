// Sends one mail over verified TLS when the board starts. For the ESP32; on other boards with Mbed TLS, put their client in
// the place of WiFiClient and give mailer.random() something cryptographic.
#include <Mailmote.h>
#include <WiFi.h>

#include "settings.h"

WiFiClient network;
mailmote::arduino::Mailer mailer(network, kServer, {kUser, kPassword});
mailmote::Recipient to[] = {kTo};
mailmote::TextMessage mail(kUser, to, "Tank low", "Level 3 %");

void setup() {
  Serial.begin(115200);
  WiFi.begin(kNetwork, kNetworkPassword);
  while (WiFi.status() != WL_CONNECTED) delay(100);
  configTime(0, 0, "pool.ntp.org");  // certificates have dates
  while (mailmote::arduino::wall_clock(nullptr) == 0) delay(100);

  mailer.tls().ca = {reinterpret_cast<const uint8_t*>(kCa), sizeof kCa};
  const mailmote::Status status = mailer.start(mail);
  if (status != mailmote::Status::ok) Serial.println(mailmote::name(status).data());
}

void loop() {
  if (mailer.poll() == mailmote::Poll::done) {
    char line[192];
    Serial.println(mailmote::name(mailer.outcome()).data());
    Serial.println(mailer.describe(line).data());
  }
  delay(1);  // whatever else there is to do
}
