// Measures the polls of a session: their number, the longest one, and all together.
//
// Runs in an emulator that takes a nanosecond for each instruction, where SysTick counts every 40th. Prints a line for
// each session, separated by tabs: its kind, its name, how it ended, round trips, polls, the instructions of the longest
// poll and of all.
#ifndef MAILMOTE_BENCH_MEASURE_HPP
#define MAILMOTE_BENCH_MEASURE_HPP

#include "mailmote/client.hpp"
#include "scripted_stream.hpp"

void start_clock();

struct WindowSizes {
  std::size_t rx = 512;  ///< at most 512
  std::size_t tx = 512;  ///< at most 512
};

/// Without a message: a login.
void report(const char* kind, const char* about, const mailmote::Options& options, ScriptedStream&& stream,
            mailmote::Message* message, WindowSizes windows = {});

#endif
