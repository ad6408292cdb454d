// A stream of the application's own, by its table of functions.
#ifndef MAILMOTE_C_API_CUSTOM_STREAM_HPP
#define MAILMOTE_C_API_CUSTOM_STREAM_HPP

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

namespace mailmote {

inline IoStatus to_io(mailmote_io_t status) { return static_cast<IoStatus>(status); }

class CustomStream : public Stream {
 public:
  constexpr CustomStream(const mailmote_stream_ops_t& ops, void* context) : ops_(ops), context_(context) {}

 protected:
  ~CustomStream() = default;

  void* context() const { return context_; }

 private:
  // Hosts come from the options, where they were whole C strings: the NUL is there.
  IoStatus do_open(const Endpoint& endpoint) override {
    return to_io(ops_.open(context_, endpoint.host.data(), endpoint.port));
  }
  IoStatus do_progress(Millis now) override { return to_io(ops_.progress(context_, now)); }
  IoResult do_read(MutableBytes into) override {
    std::size_t n = 0;
    const IoStatus status = to_io(ops_.read(context_, into.data, into.size, &n));
    return {status, n};
  }
  IoResult do_write(ByteView from) override {
    std::size_t n = 0;
    const IoStatus status = to_io(ops_.write(context_, from.data, from.size, &n));
    return {status, n};
  }
  IoStatus do_close() override { return to_io(ops_.close(context_)); }
  void do_abort() override { ops_.abort(context_); }
  Interest do_wait() const override {
    const mailmote_interest_t asked = ops_.wait(context_);
    Interest interest = {asked.read, asked.write, asked.again};
    if (asked.timeout != 0 && asked.timeout < Interest::kNoLimit) interest.timeout = asked.timeout & Interest::kNoLimit;
    return interest;
  }
  IpEndpoint do_local() const override { return ask(ops_.local); }
  IpEndpoint do_remote() const override { return ask(ops_.remote); }
  Status do_status() const override { return static_cast<Status>(ops_.status(context_)); }
  std::int32_t do_native() const override { return ops_.native(context_); }

  IpEndpoint ask(void (*question)(void*, mailmote_ip_endpoint_t*)) const {
    mailmote_ip_endpoint_t answer = {};
    question(context_, &answer);
    IpEndpoint end;
    end.address.family = static_cast<IpFamily>(answer.family);
    for (int i = 0; i < 16; ++i) end.address.octets[i] = answer.octets[i];
    end.port = answer.port;
    return end;
  }

  const mailmote_stream_ops_t& ops_;
  void* context_;
};

}  // namespace mailmote

#endif
