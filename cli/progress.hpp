// How far a long upload is, on a terminal.
#ifndef MAILMOTE_CLI_PROGRESS_HPP
#define MAILMOTE_CLI_PROGRESS_HPP

#include <cstdint>

#include "mailmote/clock.hpp"

namespace mailmote::cli {

/// One line on standard error that is written again and again, beginning half a second after the first octet.
class Progress {
 public:
  /// `total`: about how much there will be.
  explicit Progress(std::uint64_t total) : total_(total) {}

  void add(std::uint64_t octets);

  /// Wipes the line, if there is one.
  void finish();

 private:
  std::uint64_t total_;
  std::uint64_t sent_ = 0;
  Deadline next_;
  bool shown_ = false;
};

}  // namespace mailmote::cli

#endif
