#include "message/field_names.hpp"

#include "wire/words.hpp"

namespace mailmote {
namespace {

// FieldName's, then others that may stand once: RFC 5322 section 3.6, RFC 3834, RFC 2369, RFC 8098.
constexpr auto kNames = word_list(
    " From Sender Reply-To To Cc Subject Date Message-ID MIME-Version Content-Type Content-Transfer-Encoding"
    " Content-Disposition Content-ID Bcc"
    " Auto-Submitted In-Reply-To References List-Unsubscribe X-Priority Importance Disposition-Notification-To");

}  // namespace

Text text_of(FieldName name) { return word_at(kNames.octets, static_cast<unsigned>(name)); }

int find_field(const Text& name) { return find_word(kNames.octets, name); }

void begin_field(Sink& sink, const Text& name) {
  sink.put(name);
  sink.put(": ");
}

void begin_field(Sink& sink, FieldName name) { begin_field(sink, text_of(name)); }

}  // namespace mailmote
