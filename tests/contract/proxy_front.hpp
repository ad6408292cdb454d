// A SOCKS5 proxy in front of any stream: what is written to it is a dialogue with the proxy first, and goes to where
// that leads then.
#ifndef MAILMOTE_TESTS_CONTRACT_PROXY_FRONT_HPP
#define MAILMOTE_TESTS_CONTRACT_PROXY_FRONT_HPP

#include <algorithm>
#include <cstring>
#include <string>

#include "mailmote/stream.hpp"

namespace mailmote::contract {

class ProxyFront final : public Stream {
 public:
  explicit ProxyFront(Stream& onward) : onward_(onward) {}

 private:
  enum class State : std::uint8_t { closed, method, request, connecting, through, failed };

  IoStatus do_open(const Endpoint&) override {
    do_abort();
    state_ = State::method;
    return IoStatus::ok;
  }

  IoStatus do_progress(Millis) override { return state_ == State::closed ? IoStatus::error : IoStatus::ok; }

  IoResult do_write(ByteView from) override {
    if (state_ == State::through) return onward_.write(from);
    heard_.append(reinterpret_cast<const char*>(from.data), from.size);
    if (state_ == State::method && heard_.size() >= 3) {
      heard_.erase(0, 3);
      answer_ += std::string("\x05\x00", 2);
      state_ = State::request;
    }
    if (state_ == State::request && heard_.size() >= 5 && heard_.size() >= request_size()) connect();
    return {IoStatus::ok, from.size};
  }

  // The answer and what the far end says come in one piece, as far as there is room.
  IoResult do_read(MutableBytes into) override {
    if (state_ == State::connecting) look();
    const std::size_t n = std::min(answer_.size(), into.size);
    answer_.copy(reinterpret_cast<char*>(into.data), n);
    answer_.erase(0, n);
    if (state_ != State::through || n == into.size) return n != 0 ? IoResult{IoStatus::ok, n} : IoStatus::would_block;
    const IoResult more = onward_.read({into.data + n, into.size - n});
    return n != 0 ? IoResult{IoStatus::ok, n + more.n} : more;
  }

  IoStatus do_close() override {
    const IoStatus status = state_ == State::through ? onward_.close() : IoStatus::ok;
    if (status != IoStatus::would_block) state_ = State::closed;
    return status;
  }

  void do_abort() override {
    onward_.abort();
    heard_.clear();
    answer_.clear();
    state_ = State::closed;
  }

  Interest do_wait() const override {
    if (!answer_.empty()) return {true, false, true};
    return state_ == State::connecting || state_ == State::through ? onward_.wait() : Interest{state_ != State::closed};
  }

  IpEndpoint do_local() const override { return onward_.local(); }
  IpEndpoint do_remote() const override { return onward_.remote(); }
  Status do_status() const override { return onward_.status(); }
  std::int32_t do_native() const override { return onward_.native(); }

  std::size_t request_size() const {
    return heard_[3] == 1 ? 10 : heard_[3] == 4 ? 22 : 7 + static_cast<std::uint8_t>(heard_[4]);
  }

  void connect() {
    const auto octet = [this](std::size_t i) { return static_cast<std::uint8_t>(heard_[i]); };
    host_ = heard_.substr(5, octet(4));
    if (octet(3) == 1) host_.clear();
    for (std::size_t i = 4; octet(3) == 1 && i < 8; ++i) host_ += (i == 4 ? "" : ".") + std::to_string(octet(i));
    const std::size_t size = heard_.size();
    const auto port = static_cast<std::uint16_t>(octet(size - 2) << 8 | octet(size - 1));
    state_ = State::connecting;
    tell(onward_.open({Text(host_), port}));
  }

  void look() { tell(onward_.progress(0)); }

  void tell(IoStatus status) {
    if (status == IoStatus::would_block) return;
    state_ = status == IoStatus::ok ? State::through : State::failed;
    const char code = status == IoStatus::ok ? '\0' : onward_.status() == Status::connection_refused ? '\5' : '\4';
    answer_ += std::string("\x05") + code + std::string("\0\3\4host\0\0", 9);
  }

  Stream& onward_;
  std::string heard_;
  std::string answer_;
  std::string host_;
  State state_ = State::closed;
};

}  // namespace mailmote::contract

#endif
