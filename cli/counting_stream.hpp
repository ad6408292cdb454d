// A stream over a stream that counts what passes.
#ifndef MAILMOTE_CLI_COUNTING_STREAM_HPP
#define MAILMOTE_CLI_COUNTING_STREAM_HPP

#include <cstdint>

#include "mailmote/stream.hpp"

namespace mailmote::cli {

class CountingStream final : public Stream {
 public:
  explicit CountingStream(Stream& below) : below_(below) {}

  std::uint64_t sent() const { return sent_; }
  std::uint64_t received() const { return received_; }

 private:
  IoStatus do_open(const Endpoint& endpoint) override { return below_.open(endpoint); }
  IoStatus do_progress(Millis now) override { return below_.progress(now); }
  IoResult do_read(MutableBytes into) override { return counted(below_.read(into), received_); }
  IoResult do_write(ByteView from) override { return counted(below_.write(from), sent_); }
  IoStatus do_close() override { return below_.close(); }
  void do_abort() override { below_.abort(); }
  Interest do_wait() const override { return below_.wait(); }
  IpEndpoint do_local() const override { return below_.local(); }
  IpEndpoint do_remote() const override { return below_.remote(); }
  Status do_status() const override { return below_.status(); }
  std::int32_t do_native() const override { return below_.native(); }

  static IoResult counted(const IoResult& result, std::uint64_t& total) {
    total += result.n;
    return result;
  }

  Stream& below_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
};

}  // namespace mailmote::cli

#endif
