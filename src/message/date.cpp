#include "mailmote/text_message.hpp"
#include "wire/sink.hpp"

namespace mailmote {
namespace {

struct Day {
  std::uint32_t year;
  std::uint32_t month;  // 0..11
  std::uint32_t day;    // 1..31
};

Day day_of(std::uint32_t days) {
  std::uint32_t year = 1970;
  for (;; ++year) {
    const std::uint32_t length = year % 4 == 0 && year != 2100 ? 366 : 365;
    if (days < length) break;
    days -= length;
  }
  constexpr std::uint8_t kLengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::uint32_t month = 0;
  for (;; ++month) {
    const bool leap = month == 1 && year % 4 == 0 && year != 2100;
    const std::uint32_t length = kLengths[month] + (leap ? 1U : 0U);
    if (days < length) break;
    days -= length;
  }
  return {year, month, days + 1};
}

void put_two(Sink& sink, std::uint32_t value) {
  if (value < 10) sink.put('0');
  sink.put_decimal(value);
}

void put_name(Sink& sink, const char* names, std::uint32_t index) { sink.put(names + index * 3, 3); }

}  // namespace

Text format_date(UnixTime time, char (&out)[kDateSize]) {
  const std::uint32_t days = time / 86400;
  const std::uint32_t second = time % 86400;
  const Day day = day_of(days);
  Sink sink(reinterpret_cast<std::uint8_t*>(out), sizeof out - 1, 0);
  put_name(sink, "ThuFriSatSunMonTueWed", days % 7);
  sink.put(", ");
  put_two(sink, day.day);
  sink.put(' ');
  put_name(sink, "JanFebMarAprMayJunJulAugSepOctNovDec", day.month);
  sink.put(' ');
  sink.put_decimal(day.year);
  sink.put(' ');
  put_two(sink, second / 3600);
  sink.put(':');
  put_two(sink, second / 60 % 60);
  sink.put(':');
  put_two(sink, second % 60);
  sink.put(" +0000");
  out[sink.written()] = '\0';
  return {std::string_view(out, sink.written())};
}

}  // namespace mailmote
