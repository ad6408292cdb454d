#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/mime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_mime_message_t, MimeMessage>, "give mailmote_mime_message_t more words");
static_assert(can_hold<mailmote_text_part_t, TextPart> && is_same_array<mailmote_part_t, HtmlPart> &&
              is_same_array<mailmote_part_t, Inline> && is_same_array<mailmote_part_t, Attachment>);

void mailmote_text_part_init(mailmote_text_part_t* part, mailmote_source_t* source, bool flowed) {
  (new (part) TextPart(source_of(source)))->flowed = flowed;
}

void mailmote_html_part_init(mailmote_part_t* part, mailmote_source_t* source) {
  new (part) HtmlPart(source_of(source));
}

void mailmote_inline_init(mailmote_part_t* part, const char* id, const char* type, mailmote_source_t* source,
                          const char* name) {
  new (part) Inline(to_text(id), to_text(type), source_of(source), to_text(name));
}

void mailmote_attachment_init(mailmote_part_t* part, const char* name, const char* type, mailmote_source_t* source) {
  new (part) Attachment(to_text(name), to_text(type), source_of(source));
}

void mailmote_part_set_encoding(mailmote_part_t* part, mailmote_encoding_t encoding) {
  object_in<Part>(part).encoding = static_cast<TransferEncoding>(encoding);
}

mailmote_message_t* mailmote_mime_message_init(mailmote_mime_message_t* memory, const char* from,
                                               mailmote_recipient_t* to, size_t count, const char* subject) {
  return to_c(*new (memory) MimeMessage(to_text(from), recipients_of(to, count), to_text(subject)));
}

void mailmote_mime_message_set_text(mailmote_mime_message_t* message, mailmote_text_part_t* part) {
  object_in<MimeMessage>(message).text = reinterpret_cast<TextPart*>(part);
}

void mailmote_mime_message_set_html(mailmote_mime_message_t* message, mailmote_part_t* part) {
  object_in<MimeMessage>(message).html = reinterpret_cast<HtmlPart*>(part);
}

void mailmote_mime_message_set_inlines(mailmote_mime_message_t* message, mailmote_part_t* parts, size_t count) {
  object_in<MimeMessage>(message).inlines = {reinterpret_cast<Inline*>(parts), parts == nullptr ? 0 : count};
}

void mailmote_mime_message_set_attachments(mailmote_mime_message_t* message, mailmote_part_t* parts, size_t count) {
  object_in<MimeMessage>(message).attachments = {reinterpret_cast<Attachment*>(parts), parts == nullptr ? 0 : count};
}

void mailmote_mime_message_set_fields(mailmote_mime_message_t* message, const mailmote_fields_t* fields) {
  set_fields(object_in<MimeMessage>(message), *fields);
}
