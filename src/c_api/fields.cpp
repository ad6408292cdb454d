#include "c_api/objects.hpp"

namespace mailmote {

void set_fields(MailHeader& header, const mailmote_fields_t& fields) {
  header.from.display_name = to_text(fields.from_name);
  header.from_sender = {to_text(fields.sender), to_text(fields.sender_name)};
  header.reply_to = {to_text(fields.reply_to), to_text(fields.reply_to_name)};
  header.to_group = to_text(fields.to_group);
  header.message_id = to_text(fields.message_id);
  header.date = fields.date;
  header.headers = reinterpret_cast<const Header*>(fields.headers);
  header.header_count = fields.headers == nullptr ? 0 : fields.header_count;
  header.auto_submitted = fields.auto_submitted;
}

}  // namespace mailmote

using namespace mailmote;

void mailmote_header_init(mailmote_header_t* header, const char* name, const char* value, bool structured) {
  new (header) Header{to_text(name), to_text(value), structured};
}

void mailmote_fields_init(mailmote_fields_t* fields) {
  *fields = mailmote_fields_t{};
  fields->auto_submitted = true;
}
