// For C++ that meets the C interface: a port with functions in C, or a program in both languages. The opaque types of
// mailmote.h are the classes.
#ifndef MAILMOTE_C_BRIDGE_HPP
#define MAILMOTE_C_BRIDGE_HPP

#include <cstddef>
#include <cstdint>
#include <new>

#include "mailmote/auth.hpp"
#include "mailmote/client.hpp"
#include "mailmote/mailmote.h"
#include "mailmote/scram.hpp"
#include "mailmote/tls.hpp"

namespace mailmote {

/// Whether the memory of type Memory can hold an Object.
template <class Memory, class Object>
constexpr bool can_hold = sizeof(Memory) >= sizeof(Object) && alignof(Memory) >= alignof(Object);

/// The Object that was made in the memory of a C type.
template <class Object, class Memory>
Object& object_in(Memory* memory) {
  return *std::launder(reinterpret_cast<Object*>(memory));
}
template <class Object, class Memory>
const Object& object_in(const Memory* memory) {
  return *std::launder(reinterpret_cast<const Object*>(memory));
}

/// A C enumeration's value of the same number.
template <class C, class Value>
constexpr C to_c(Value value) {
  return static_cast<C>(static_cast<std::uint8_t>(value));
}

inline mailmote_enhanced_t to_c(const EnhancedCode& code) { return {code.status_class, code.subject, code.detail}; }

inline mailmote_error_t to_c(const Error& error) {
  return {to_c<mailmote_status_t>(error.status), to_c<mailmote_phase_t>(error.phase), error.smtp_code,
          to_c(error.enhanced), error.native};
}
inline Error to_cpp(const mailmote_error_t& error) {
  return {static_cast<Status>(error.status), static_cast<Phase>(error.phase), error.smtp_code,
          {error.enhanced.status_class, error.enhanced.subject, error.enhanced.detail}, error.native};
}

/// A C string, or octets; NULL is empty.
inline Text to_text(const char* string) { return string == nullptr ? Text() : Text(string); }
inline ByteView to_bytes(const void* octets, std::size_t size) {
  return {static_cast<const std::uint8_t*>(octets), octets == nullptr ? 0 : size};
}
inline mailmote_octets_t to_octets(Text text) { return {text.data(), text.size()}; }

inline Credentials to_cpp(const mailmote_credentials_t* given) {
  if (given == nullptr) return {};
  return {to_text(given->user), to_text(given->password), to_text(given->authorization)};
}

/// The texts are those of `report`.
mailmote_tls_report_t to_c(const TlsReport& report);

/// What is pointed to stays the application's; the timeouts are put into `timeouts`, which must stay as well.
TlsOptions to_cpp(const mailmote_tls_options_t& given);
Options to_cpp(const mailmote_options_t& given, Timeouts& timeouts);

/// The opaque types.
inline mailmote_stream_t* to_c(Stream& stream) { return reinterpret_cast<mailmote_stream_t*>(&stream); }
inline Stream& stream_of(mailmote_stream_t* stream) { return *reinterpret_cast<Stream*>(stream); }
inline const Stream& stream_of(const mailmote_stream_t* stream) { return *reinterpret_cast<const Stream*>(stream); }

inline mailmote_message_t* to_c(Message& message) { return reinterpret_cast<mailmote_message_t*>(&message); }
inline Message& message_of(mailmote_message_t* message) { return *reinterpret_cast<Message*>(message); }

inline mailmote_source_t* to_c_source(BodySource& source) { return reinterpret_cast<mailmote_source_t*>(&source); }
inline BodySource& source_of(mailmote_source_t* source) { return *reinterpret_cast<BodySource*>(source); }

inline mailmote_mechanism_t* to_c(SaslMechanism& mechanism) {
  return reinterpret_cast<mailmote_mechanism_t*>(&mechanism);
}
inline const mailmote_scram_hash_t* to_c(const ScramHash& hash) {
  return reinterpret_cast<const mailmote_scram_hash_t*>(&hash);
}
inline const ScramHash& hash_of(const mailmote_scram_hash_t* hash) { return *reinterpret_cast<const ScramHash*>(hash); }

/// The memory of a mailmote_client_t begins with a pointer to the client, which is null before it is made: an object
/// that holds a client of its own begins with such a pointer too.
inline Client* client_of(const mailmote_client_t* memory) {
  return memory == nullptr ? nullptr : object_in<Client*>(memory);
}

}  // namespace mailmote

#endif
