#include "message/field_names.hpp"

#include "wire/words.hpp"

namespace mailmote {
namespace {

// FieldName's, then others that may stand once: RFC 5322 section 3.6, RFC 3834, RFC 2369, RFC 8098.
constexpr char kNames[] =
    "From Sender Reply-To To Cc Subject Date Message-ID MIME-Version Content-Type Content-Transfer-Encoding "
    "Content-Disposition Content-ID Bcc "
    "Auto-Submitted In-Reply-To References List-Unsubscribe X-Priority Importance Disposition-Notification-To";

// Where the names of FieldName begin, and the one behind them.
constexpr std::size_t kCount = static_cast<std::size_t>(FieldName::auto_submitted) + 1;
struct Starts {
  std::uint8_t at[kCount + 1] = {};
};

constexpr Starts find_starts() {
  Starts starts;
  for (std::size_t name = 1, at = 0; name <= kCount; ++at) {
    if (kNames[at] == ' ') starts.at[name++] = static_cast<std::uint8_t>(at + 1);
  }
  return starts;
}

constexpr Starts kStarts = find_starts();

}  // namespace

Text text_of(FieldName name) {
  const std::uint8_t* const start = kStarts.at + static_cast<std::size_t>(name);
  return std::string_view(kNames + start[0], start[1] - start[0] - 1U);
}

int find_field(const Text& name) {
  Text list = kNames;
  for (int index = 0; !list.empty(); ++index) {
    if (equal_words(take_word(list), name)) return index;
  }
  return -1;
}

void begin_field(Sink& sink, const Text& name) {
  sink.put(name);
  sink.put(": ");
}

void begin_field(Sink& sink, FieldName name) { begin_field(sink, text_of(name)); }

}  // namespace mailmote
