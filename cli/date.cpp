#include "date.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace mailmote::cli {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <std::size_t N>
std::optional<int> index_of(std::string_view word, const std::array<std::string_view, N>& words) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<int>(i);
  }
  return std::nullopt;
}

// Takes what stands before `end` off the front of `text`; all of it when there is no such character.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

std::string_view take_word(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return take_until(text, ' ');
}

// A number of `least` to `most` digits in the range 0..limit.
std::optional<int> parse_number(std::string_view text, std::size_t least, std::size_t most, int limit) {
  int value = 0;
  if (text.size() < least || text.size() > most || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value <= limit ? std::optional<int>(value) : std::nullopt;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int month, int year) {
  constexpr std::array<int, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kLengths[static_cast<std::size_t>(month)] + (month == 1 && is_leap(year) ? 1 : 0);
}

std::optional<std::int64_t> parse_day(std::string_view& text) {
  const auto day = parse_number(take_word(text), 1, 2, 31);
  const auto month = index_of(take_word(text), kMonths);
  const auto year = parse_number(take_word(text), 4, 4, 9999);
  if (!day || !month || !year || *year < 1970 || *day < 1 || *day > days_in(*month, *year)) return std::nullopt;
  std::int64_t days = *day - 1;
  for (int y = 1970; y < *year; ++y) days += is_leap(y) ? 366 : 365;
  for (int m = 0; m < *month; ++m) days += days_in(m, *year);
  return days;
}

std::optional<int> parse_time(std::string_view word) {
  const auto hour = parse_number(take_until(word, ':'), 2, 2, 23);
  const auto minute = parse_number(take_until(word, ':'), 2, 2, 59);
  const auto second = word.empty() ? std::optional<int>(0) : parse_number(word, 2, 2, 60);
  if (!hour || !minute || !second) return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

std::optional<int> parse_zone(std::string_view word) {
  if (word == "GMT" || word == "UT") return 0;
  if (word.size() != 5 || (word.front() != '+' && word.front() != '-')) return std::nullopt;
  const auto hours = parse_number(word.substr(1, 2), 2, 2, 99);
  const auto minutes = parse_number(word.substr(3, 2), 2, 2, 59);
  if (!hours || !minutes) return std::nullopt;
  const int offset = *hours * 3600 + *minutes * 60;
  return word.front() == '-' ? -offset : offset;
}

}  // namespace

std::optional<UnixTime> parse_date(std::string_view text) {
  if (text.find(',') != std::string_view::npos && !index_of(take_until(text, ','), kDays)) return std::nullopt;
  const auto day = parse_day(text);
  const auto time = parse_time(take_word(text));
  const auto zone = parse_zone(take_word(text));
  if (!day || !time || !zone || !text.empty()) return std::nullopt;
  const std::int64_t moment = *day * 86400 + *time - *zone;
  if (moment <= 0 || moment > std::numeric_limits<UnixTime>::max()) return std::nullopt;
  return static_cast<UnixTime>(moment);
}

}  // namespace mailmote::cli
