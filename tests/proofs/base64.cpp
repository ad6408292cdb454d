// Any group of 1 to 3 octets to base64 and back; and any text of up to 6 characters into any room.
#include "wire/base64.cpp"
#include "wire/base64_decoder.cpp"

using mailmote::ByteView;
using mailmote::MutableBytes;
using mailmote::Text;

static const std::size_t kMost = 6;

// Any value.
std::size_t nondet_size();
char nondet_character();
std::uint8_t nondet_octet();

static void prove_round_trip() {
  char octets[3], characters[4];
  std::uint8_t decoded[3];
  const std::size_t size = nondet_size();
  __CPROVER_assume(size >= 1 && size <= 3);
  for (std::size_t i = 0; i < 3; ++i) octets[i] = nondet_character();
  mailmote::base64_group(octets + 3 - size, size, characters);
  Text text;
  text.data_ = characters;
  text.size_ = 4;
  MutableBytes room;
  room.data = decoded + 3 - size;
  room.size = size;
  ByteView back;
  __CPROVER_assert(mailmote::decode_base64(text, room, back), "what is encoded can be decoded");
  __CPROVER_assert(back.size == size, "to as many octets");
  const std::size_t i = nondet_size();
  __CPROVER_assume(i < size);
  __CPROVER_assert(back.data[i] == (std::uint8_t)octets[3 - size + i], "and to the same");
}

// The octets go where the text is, as for a server's challenge.
static void prove_in_place() {
  std::uint8_t memory[kMost];
  const std::size_t size = nondet_size(), room_size = nondet_size();
  __CPROVER_assume(size <= kMost && room_size <= size);
  for (std::size_t i = 0; i < kMost; ++i) memory[i] = nondet_octet();
  std::uint8_t* const begin = memory + (kMost - size);
  Text text;
  text.data_ = (const char*)begin;
  text.size_ = size;
  MutableBytes room;
  room.data = begin;
  room.size = room_size;
  ByteView back;
  const std::size_t i = nondet_size(), k = nondet_size();
  __CPROVER_assume(i < k && k < kMost);
  const bool is_behind = k < size && begin[i] == '=' && begin[k] != '=' && begin[k] != ' ';
  if (!mailmote::decode_base64(text, room, back)) return;
  __CPROVER_assert(back.data == begin && back.size <= room_size, "within the room");
  __CPROVER_assert(back.size * 4 <= size * 3, "never more octets than the characters stand for");
  __CPROVER_assert(!is_behind, "nothing behind the padding");
}

int main() {
  if (nondet_size() == 0) {
    prove_round_trip();
  } else {
    prove_in_place();
  }
  return 0;
}
