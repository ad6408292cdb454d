// What stands in the memory that an application in C gives.
#ifndef MAILMOTE_C_API_OBJECTS_HPP
#define MAILMOTE_C_API_OBJECTS_HPP

#include "mailmote/c/bridge.hpp"
#include "mailmote/text_message.hpp"

namespace mailmote {

/// A client and its copy of the options.
struct ClientObject {
  ClientObject(Stream& stream, const mailmote_options_t& given, MutableBytes rx, MutableBytes tx);

  Client* client = &own;
  Timeouts timeouts;
  Options options;
  Client own;
};
static_assert(can_hold<mailmote_client_t, ClientObject>, "give mailmote_client_t more words");

// An array of the one is an array of the other.
template <class Memory, class Object>
constexpr bool is_same_array = can_hold<Memory, Object> && sizeof(Memory) == sizeof(Object);
static_assert(is_same_array<mailmote_recipient_t, Recipient> && is_same_array<mailmote_header_t, Header>);

inline Recipients recipients_of(mailmote_recipient_t* to, std::size_t count) {
  return {reinterpret_cast<Recipient*>(to), to == nullptr ? 0 : count};
}

/// A content of the application's own.
class CustomSource final : public BodySource {
 public:
  CustomSource(const mailmote_source_ops_t& ops, void* context) : ops_(ops), context_(context) {}

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;

  const mailmote_source_ops_t& ops_;
  void* context_;
};

/// The further fields of a composed message.
void set_fields(MailHeader& header, const mailmote_fields_t& fields);

}  // namespace mailmote

#endif
