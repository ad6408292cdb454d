// What stands in the memory that an application in C gives.
#ifndef MAILMOTE_C_API_OBJECTS_HPP
#define MAILMOTE_C_API_OBJECTS_HPP

#include <new>

#include "mailmote/client.hpp"
#include "mailmote/mailmote.h"

namespace mailmote {

/// A C enumeration's value of the same number.
template <class C, class Value>
constexpr C to_c(Value value) {
  return static_cast<C>(static_cast<std::uint8_t>(value));
}

inline mailmote_enhanced_t to_c(const EnhancedCode& code) { return {code.status_class, code.subject, code.detail}; }

/// A C string; NULL is empty.
inline Text to_text(const char* string) { return string == nullptr ? Text() : Text(string); }

/// Whether the memory of type Memory can hold an Object.
template <class Memory, class Object>
constexpr bool can_hold = sizeof(Memory) >= sizeof(Object) && alignof(Memory) >= alignof(Object);

/// A client and its copy of the options.
struct ClientObject {
  ClientObject(Stream& stream, const mailmote_options_t& given, MutableBytes rx, MutableBytes tx);

  Timeouts timeouts;
  Options options;
  Client client;
};
static_assert(can_hold<mailmote_client_t, ClientObject>, "give mailmote_client_t more words");

inline Client& client_of(mailmote_client_t* memory) {
  return std::launder(reinterpret_cast<ClientObject*>(memory))->client;
}
inline const Client& client_of(const mailmote_client_t* memory) {
  return std::launder(reinterpret_cast<const ClientObject*>(memory))->client;
}

// An array of the one is an array of the other.
static_assert(can_hold<mailmote_recipient_t, Recipient> && sizeof(mailmote_recipient_t) == sizeof(Recipient));

inline Recipients recipients_of(mailmote_recipient_t* to, std::size_t count) {
  return {reinterpret_cast<Recipient*>(to), count};
}

/// The opaque types are the C++ classes.
inline mailmote_message_t* to_c(Message& message) { return reinterpret_cast<mailmote_message_t*>(&message); }
inline Message& message_of(mailmote_message_t* message) { return *reinterpret_cast<Message*>(message); }
inline mailmote_stream_t* to_c(Stream& stream) { return reinterpret_cast<mailmote_stream_t*>(&stream); }
inline Stream& stream_of(mailmote_stream_t* stream) { return *reinterpret_cast<Stream*>(stream); }

}  // namespace mailmote

#endif
