#include "message/date.hpp"

#include <cstring>

#include "mailmote/mail_header.hpp"

namespace mailmote {
namespace {

void put_two(char* out, std::uint32_t value) {
  out[0] = static_cast<char>('0' + value / 10);
  out[1] = static_cast<char>('0' + value % 10);
}

}  // namespace

// Years are counted from a March, so that the leap day is the last of four years; 2100, the one exception until 2106,
// gets the leap day that it lacks.
Day day_of(std::uint32_t days) {
  constexpr std::uint32_t kFourYears = 4 * 365 + 1;
  days += 671;                   // since 1968-03-01
  if (days >= 48212) days += 1;  // since 2100-03-01
  const std::uint32_t four = days / kFourYears;
  days %= kFourYears;
  const std::uint32_t one = days == kFourYears - 1 ? 3 : days / 365;
  days -= one * 365;
  const std::uint32_t month = (5 * days + 2) / 153;  // from March; 153 days are five months from there
  const std::uint32_t year = 1968 + four * 4 + one;
  return {month < 10 ? year : year + 1, (month + 2) % 12, days - (153 * month + 2) / 5 + 1};
}

Text format_date(UnixTime time, char (&out)[kDateSize]) {
  const std::uint32_t days = time / 86400;
  const std::uint32_t second = time % 86400;
  const Day day = day_of(days);
  std::memcpy(out, "Day, 00 Mon 0000 00:00:00 +0000", kDateSize);
  std::memcpy(out, &"ThuFriSatSunMonTueWed"[days % 7 * 3], 3);  // 1970-01-01 was a Thursday
  put_two(out + 5, day.day);
  std::memcpy(out + 8, &"JanFebMarAprMayJunJulAugSepOctNovDec"[day.month * 3], 3);
  put_two(out + 12, day.year / 100);
  put_two(out + 14, day.year % 100);
  put_two(out + 17, second / 3600);
  put_two(out + 20, second / 60 % 60);
  put_two(out + 23, second % 60);
  return std::string_view(out, kDateSize - 1);
}

}  // namespace mailmote
