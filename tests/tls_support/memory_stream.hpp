// A Stream in memory, of which every call can be made to fail.
#ifndef MAILMOTE_TESTS_TLS_SUPPORT_MEMORY_STREAM_HPP
#define MAILMOTE_TESTS_TLS_SUPPORT_MEMORY_STREAM_HPP

#include <algorithm>
#include <cstddef>
#include <string>

#include "mailmote/stream.hpp"

namespace mailmote::tls_support {

class MemoryStream final : public Stream {
 public:
  std::string to_near;            ///< what can be read
  std::string to_far;             ///< what was written
  std::size_t room = 1U << 30U;   ///< how much to_far holds
  std::size_t piece = 1U << 30U;  ///< the most that one call moves
  bool far_ended = false;         ///< read() says closed when to_near is empty
  bool far_reset = false;         ///< read() says error then, write() at once
  bool takes_no_more = false;     ///< write() says closed
  unsigned calls = 0;             ///< reads and writes so far
  unsigned fault_at = 0;          ///< the number of the one that does what `fault` says; 0: none does
  IoStatus fault = IoStatus::would_block;
  bool is_open = false;

 private:
  static constexpr std::int32_t kReset = 104;

  IoStatus do_open(const Endpoint&) override {
    is_open = true;
    write_blocked_ = broken_ = closed_ = false;
    return IoStatus::ok;
  }
  IoStatus do_progress(Millis) override { return is_open ? IoStatus::ok : IoStatus::error; }

  IoResult do_read(MutableBytes into) override {
    if (fails()) return fault;
    const std::size_t n = std::min({into.size, to_near.size(), piece});
    std::copy_n(to_near.begin(), n, into.data);
    to_near.erase(0, n);
    if (n != 0) return {IoStatus::ok, n};
    if (far_ended) return IoStatus::closed;
    return far_reset || broken_ ? IoStatus::error : IoStatus::would_block;
  }

  IoResult do_write(ByteView from) override {
    if (fails()) {
      write_blocked_ = fault == IoStatus::would_block;
      return fault;
    }
    if (far_reset || broken_) return IoStatus::error;
    if (closed_ || takes_no_more) return IoStatus::closed;
    const std::size_t n = std::min({from.size, room - std::min(room, to_far.size()), piece});
    to_far.append(reinterpret_cast<const char*>(from.data), n);
    write_blocked_ = n == 0;
    return n != 0 ? IoResult{IoStatus::ok, n} : IoResult{IoStatus::would_block};
  }

  IoStatus do_close() override {
    is_open = false;
    return IoStatus::ok;
  }
  void do_abort() override { is_open = false; }
  Interest do_wait() const override { return {is_open && !far_ended, write_blocked_, false}; }
  IpEndpoint do_local() const override { return {}; }
  IpEndpoint do_remote() const override { return {}; }
  Status do_status() const override { return far_reset || broken_ ? Status::connection_reset : Status::ok; }
  std::int32_t do_native() const override { return far_reset || broken_ ? kReset : 0; }

  bool fails() {
    const bool does = ++calls == fault_at;
    broken_ = broken_ || (does && fault == IoStatus::error);
    closed_ = closed_ || (does && fault == IoStatus::closed);
    far_ended = far_ended || closed_;
    return does;
  }

  bool write_blocked_ = false;
  bool broken_ = false;
  bool closed_ = false;
};

}  // namespace mailmote::tls_support

#endif
