// The main loop of a firmware that mails.
#ifndef MAILMOTE_FIRMWARE_MAIN_LOOP_HPP
#define MAILMOTE_FIRMWARE_MAIN_LOOP_HPP

#include "mailmote/client.hpp"

/// Moves what the client has begun to its end, and that of its connection where it is not kept.
void run(mailmote::Client& client);

/// Lets time pass.
void pause(mailmote::Millis time);

/// Prints "accepted", or "not_sent greeting_timeout", and a sentence.
void report(mailmote::Outcome outcome, const mailmote::Error& error);

/// Prints how long the longest poll() took, and how long it is since the start.
void report_times();

void print(mailmote::Text text);
void print_number(const char* before, std::uint32_t number, const char* behind);

#endif
