// The main loop of a firmware that sends one mail.
#ifndef MAILMOTE_FIRMWARE_DELIVER_HPP
#define MAILMOTE_FIRMWARE_DELIVER_HPP

#include <cstdint>

#include "mailmote/client.hpp"

/// Sends `message` and ends the connection. Prints what became of it; returns 0 if every recipient was accepted.
int deliver(mailmote::Client& client, mailmote::Message& message);

void print_number(const char* before, std::uint32_t number, const char* behind);

#endif
