// A c-ares channel with its descriptors.
#ifndef MAILMOTE_POSIX_CARES_CHANNEL_HPP
#define MAILMOTE_POSIX_CARES_CHANNEL_HPP

#include <ares.h>
#include <poll.h>

#include "lookup.hpp"

namespace mailmote::posix::detail {

class Channel {
 public:
  enum class Source : char { hosts_file = 'f', dns = 'b' };

  Channel(Source source, const char* name_servers);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// ARES_SUCCESS, or why it cannot be used.
  int error() const { return error_; }
  ares_channel get() const { return channel_; }

  void step();
  unsigned descriptors(pollfd* into) const;
  Millis timeout() const;
  unsigned generation() const { return generation_; }

 private:
  static void on_socket(void* self, ares_socket_t fd, int readable, int writable);

  ares_channel channel_ = nullptr;
  int error_ = ARES_SUCCESS;
  unsigned generation_ = 0;
  unsigned count_ = 0;
  pollfd sockets_[Question::kMaxDescriptors];
};

/// name_not_found or name_lookup_failed.
Status status_of_cares(int error);

}  // namespace mailmote::posix::detail

#endif
