// Memory that ends where a page begins that nobody may touch: reading or writing one octet too far crashes.
#ifndef MAILMOTE_TESTS_SUPPORT_GUARD_PAGE_HPP
#define MAILMOTE_TESTS_SUPPORT_GUARD_PAGE_HPP

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "mailmote/bytes.hpp"

namespace mailmote::test {

/// `size` octets right before a guard page.
class GuardPage {
 public:
  explicit GuardPage(std::size_t size) : size_(size) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    mapped_ = (size / page + 2) * page;
    void* const memory = mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    begin_ = static_cast<std::uint8_t*>(memory);
    if (mprotect(begin_ + mapped_ - page, page, PROT_NONE) != 0) std::abort();
    data_ = begin_ + mapped_ - page - size;
  }

  /// A copy of `octets` there.
  explicit GuardPage(std::string_view octets) : GuardPage(octets.size()) {
    if (!octets.empty()) std::memcpy(data_, octets.data(), octets.size());
  }

  ~GuardPage() { munmap(begin_, mapped_); }
  GuardPage(const GuardPage&) = delete;
  GuardPage& operator=(const GuardPage&) = delete;

  std::uint8_t* data() const { return data_; }
  Text text() const { return std::string_view(reinterpret_cast<const char*>(data_), size_); }
  ByteView view() const { return {data_, size_}; }
  MutableBytes bytes() const { return {data_, size_}; }

 private:
  std::size_t size_;
  std::size_t mapped_ = 0;
  std::uint8_t* begin_ = nullptr;
  std::uint8_t* data_ = nullptr;
};

}  // namespace mailmote::test

#endif
