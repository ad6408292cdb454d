// The calendar behind a UnixTime.
#ifndef MAILMOTE_MESSAGE_DATE_HPP
#define MAILMOTE_MESSAGE_DATE_HPP

#include <cstdint>

namespace mailmote {

struct Day {
  std::uint32_t year;
  std::uint32_t month;  // 0..11
  std::uint32_t day;    // 1..31
};

/// The day that is `days` after 1970-01-01.
Day day_of(std::uint32_t days);

}  // namespace mailmote

#endif
