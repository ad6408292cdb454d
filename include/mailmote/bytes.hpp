// Views of memory that the application owns. Nothing here allocates or copies.
#ifndef MAILMOTE_BYTES_HPP
#define MAILMOTE_BYTES_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace mailmote {

/// Read-only octets: `size` of them from `data`.
struct ByteView {
  const std::uint8_t* data = nullptr;
  std::size_t size = 0;
};

/// Writable octets: `size` of them from `data`.
struct MutableBytes {
  std::uint8_t* data = nullptr;
  std::size_t size = 0;
};

/// A view of characters that must stay valid until the outcome of the operation it is given to. It can be made from a
/// literal, a `char` array (up to its NUL), or a `std::string_view`; making it from a temporary that owns its characters
/// (a `std::string` returned by a function) does not compile, because the view would dangle.
class Text : public std::string_view {
 public:
  constexpr Text() = default;
  // Counted here: std::string_view's own count makes GCC initialise a static Text at run time.
  constexpr Text(const char* text) : std::string_view(text, __builtin_strlen(text)) {}  // NOLINT: implicit on purpose
  constexpr Text(std::string_view text) : std::string_view(text) {}  // NOLINT: implicit on purpose

  template <class Owner, class = std::enable_if_t<std::is_convertible_v<const Owner&, std::string_view> &&
                                                  !std::is_convertible_v<const Owner&, const char*> &&
                                                  !std::is_base_of_v<std::string_view, Owner>>>
  constexpr Text(const Owner& owner) : std::string_view(owner) {}  // NOLINT: implicit on purpose

  template <class Owner,
            class = std::enable_if_t<!std::is_reference_v<Owner> && !std::is_const_v<Owner> &&
                                     std::is_convertible_v<const Owner&, std::string_view> &&
                                     !std::is_convertible_v<const Owner&, const char*> &&
                                     !std::is_base_of_v<std::string_view, Owner>>,
            class = void>
  Text(Owner&&) = delete;
};

}  // namespace mailmote

#endif
