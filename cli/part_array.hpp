// Parts of a mail, as many as the command line has.
#ifndef MAILMOTE_CLI_PART_ARRAY_HPP
#define MAILMOTE_CLI_PART_ARRAY_HPP

#include <memory>
#include <type_traits>
#include <utility>

#include "mailmote/mime.hpp"

namespace mailmote::cli {

/// An array of what cannot be moved, filled one by one.
template <class Kind>
class PartArray {
 public:
  explicit PartArray(std::size_t room) : room_(room), parts_(std::allocator<Kind>().allocate(room)) {}
  PartArray(const PartArray&) = delete;
  PartArray& operator=(const PartArray&) = delete;
  ~PartArray() { std::allocator<Kind>().deallocate(parts_, room_); }

  /// At most `room` times.
  template <class... Arguments>
  Kind& add(Arguments&&... arguments) {
    return *new (parts_ + size_++) Kind(std::forward<Arguments>(arguments)...);
  }

  Parts<Kind> parts() { return {parts_, size_}; }

 private:
  static_assert(std::is_trivially_destructible_v<Kind>);

  std::size_t room_;
  Kind* parts_;
  std::size_t size_ = 0;
};

}  // namespace mailmote::cli

#endif
