// The template port's system calls over connections in memory. One listener, one connection at a time; nothing moves
// but in step().
#ifndef MAILMOTE_TESTS_CONTRACT_MEMORY_NET_HPP
#define MAILMOTE_TESTS_CONTRACT_MEMORY_NET_HPP

#include <cstddef>
#include <cstdint>
#include <string>

#include "contract/far_end.hpp"

namespace mailmote::contract {

class MemoryNet {
 public:
  static constexpr std::size_t kRoom = 4000;  ///< octets that each direction holds
  static constexpr std::uint16_t kListening = 2525;
  static constexpr std::uint16_t kSilent = 2526;  ///< where a connection neither comes up nor fails

  FarEnd far;

  /// Moves what can move, a piece at a time; false: nothing could.
  bool step();

  bool readable() const;
  bool writable() const;  ///< or, after finish(), everything is acknowledged

  // What net.h asks for.
  int connect(const std::string& host, std::uint16_t port);
  int state() const { return state_; }
  int send(const char* octets, std::size_t size);
  int receive(char* into, std::size_t size);
  void finish() { finished_ = true; }
  std::size_t in_flight() const { return to_far_.size() + (finished_ && !far.saw_end ? 1 : 0); }
  void drop();

  /// The net that the system calls use.
  static MemoryNet* current;

 private:
  bool move_to_far();
  bool move_from_far();
  bool end_far();
  bool is_up() const { return state_ == 0; }

  std::string to_far_;    // written by the stream
  std::string to_near_;   // arrived at the stream
  int state_ = 0;
  bool exists_ = false;
  bool finished_ = false;  // by the stream
  bool near_saw_end_ = false;
  bool broken_ = false;
};

}  // namespace mailmote::contract

#endif
