#include "mailmote/lwip/tcp_stream.hpp"

#include <cstring>

#include "lwip/dns.h"
#include "lwip/opt.h"
#include "lwip/pbuf.h"
#include "lwip/tcp.h"

namespace mailmote::lwip {
namespace {

constexpr std::size_t kMaxHost = 253;

IpEndpoint endpoint(const ip_addr_t& address, std::uint16_t port) {
  IpEndpoint end;
  end.port = port;
#if LWIP_IPV6
  if (IP_IS_V6_VAL(address)) {
    end.address.family = IpFamily::v6;
    std::memcpy(end.address.octets, ip_2_ip6(&address)->addr, 16);
    return end;
  }
#endif
#if LWIP_IPV4
  end.address.family = IpFamily::v4;
  std::memcpy(end.address.octets, &ip_2_ip4(&address)->addr, 4);
#endif
  return end;
}

std::uint16_t least(std::size_t a, std::size_t b) { return static_cast<std::uint16_t>(a < b ? a : b); }

bool has_room(const tcp_pcb* pcb) { return tcp_sndbuf(pcb) != 0 && tcp_sndqueuelen(pcb) < TCP_SND_QUEUELEN; }

// Nothing that was written is without its acknowledgement.
bool all_delivered(const tcp_pcb* pcb) { return pcb->unsent == nullptr && pcb->unacked == nullptr; }

}  // namespace

TcpStream* TcpStream::waiting_ = nullptr;
std::uintptr_t TcpStream::tickets_ = 0;

// Opening.

IoStatus TcpStream::do_open(const Endpoint& endpoint) {
  do_abort();
  status_ = Status::ok;
  native_ = ERR_OK;
  ended_ = end_was_read_ = write_blocked_ = false;
  port_ = endpoint.port;
  char host[kMaxHost + 1];
  if (endpoint.host.empty() || endpoint.host.size() > kMaxHost) return fail(Status::name_not_found, ERR_ARG);
  std::memcpy(host, endpoint.host.data(), endpoint.host.size());
  host[endpoint.host.size()] = '\0';
  ip_addr_t address;
  const IoStatus status = ipaddr_aton(host, &address) != 0 ? connect_to(address) : look_up(host);
  opening_ = status == IoStatus::would_block;
  return status;
}

// A look-up cannot be cancelled, and its answer may come when this stream waits for another one or is gone. So what
// lwIP gets is not this object but a number, and only a stream that still waits for that number is called.
IoStatus TcpStream::look_up(const char* host) {
#if LWIP_DNS
  ip_addr_t address;
  ticket_ = ++tickets_;
  const err_t error = dns_gethostbyname(host, &address, &TcpStream::resolved, reinterpret_cast<void*>(ticket_));
  if (error == ERR_OK) return connect_to(address);
  if (error != ERR_INPROGRESS) return fail(Status::name_lookup_failed, error);
  next_waiting_ = waiting_;
  waiting_ = this;
  state_ = State::resolving;
  return IoStatus::would_block;
#else
  static_cast<void>(host);
  return fail(Status::name_lookup_failed, ERR_VAL);
#endif
}

void TcpStream::resolved(const char*, const ip_addr_t* address, void* ticket) {
  for (TcpStream* stream = waiting_; stream != nullptr; stream = stream->next_waiting_) {
    if (stream->ticket_ == reinterpret_cast<std::uintptr_t>(ticket)) return stream->on_resolved(address);
  }
}

void TcpStream::on_resolved(const ip_addr_t* address) {
  leave_waiting_list();
  static_cast<void>(address != nullptr ? connect_to(*address) : fail(Status::name_lookup_failed, ERR_OK));
}

void TcpStream::leave_waiting_list() {
  for (TcpStream** link = &waiting_; *link != nullptr; link = &(*link)->next_waiting_) {
    if (*link != this) continue;
    *link = next_waiting_;
    return;
  }
}

IoStatus TcpStream::connect_to(const ip_addr_t& address) {
  pcb_ = tcp_new_ip_type(IP_GET_TYPE(&address));
  if (pcb_ == nullptr) return fail(Status::transport_error, ERR_MEM);
  connect_callbacks(this);
  tcp_nagle_disable(pcb_);
  state_ = State::connecting;
  const err_t error = tcp_connect(pcb_, &address, port_, &TcpStream::connected);
  if (error == ERR_OK) return IoStatus::would_block;
  drop_pcb();
  return fail(error == ERR_RTE ? Status::unreachable : Status::transport_error, error);
}

err_t TcpStream::connected(void* self, tcp_pcb*, err_t) {
  static_cast<TcpStream*>(self)->state_ = State::open;
  return ERR_OK;
}

IoStatus TcpStream::do_progress(Millis) {
  opening_ = state_ == State::resolving || state_ == State::connecting;
  if (opening_) return IoStatus::would_block;
  return state_ == State::open ? IoStatus::ok : IoStatus::error;
}

// What lwIP reports.

void TcpStream::failed(void* self, err_t error) { static_cast<TcpStream*>(self)->on_error(error); }

// lwIP has freed the pcb before it says so. What had arrived stays readable.
void TcpStream::on_error(err_t error) {
  pcb_ = nullptr;
  if (state_ == State::closing && error == ERR_CLSD) return;
  native_ = error;
  status_ = Status::connection_reset;
  if (state_ != State::connecting) return;
  status_ = error == ERR_RST ? Status::connection_refused : Status::unreachable;
  state_ = State::failed;
}

err_t TcpStream::received(void* self, tcp_pcb*, pbuf* chain, err_t) {
  return static_cast<TcpStream*>(self)->on_received(chain);
}

// A chain counts at most 65,535 octets; what is refused here lwIP keeps and offers again.
err_t TcpStream::on_received(pbuf* chain) {
  if (chain == nullptr) {
    on_end();
    return ERR_OK;
  }
  if (input_ != nullptr && input_->tot_len + chain->tot_len > 0xffff) return ERR_MEM;
  if (input_ == nullptr) {
    input_ = chain;
  } else {
    pbuf_cat(input_, chain);
  }
  if (state_ == State::closing) forget_input();
  return ERR_OK;
}

// When both ends are closed lwIP frees the pcb some day without a word, and finishes what is left to do without us.
void TcpStream::on_end() {
  ended_ = true;
  if (state_ != State::closing || !shut_) return;
  connect_callbacks(nullptr);
  pcb_ = nullptr;
}

IoStatus TcpStream::fail(Status status, err_t error) {
  state_ = State::failed;
  status_ = status;
  native_ = error;
  return IoStatus::error;
}

// Moving octets.

IoResult TcpStream::do_read(MutableBytes into) {
  if (state_ != State::open) return fail(Status::transport_error, ERR_CONN);
  if (input_ != nullptr) {
    const std::uint16_t n = pbuf_copy_partial(input_, into.data, least(into.size, input_->tot_len), 0);
    input_ = pbuf_free_header(input_, n);
    if (pcb_ != nullptr) tcp_recved(pcb_, n);
    return {IoStatus::ok, n};
  }
  end_was_read_ = ended_;
  if (ended_) return IoStatus::closed;
  return pcb_ != nullptr ? IoStatus::would_block : IoStatus::error;
}

// lwIP takes a write whole or not at all, and ERR_MEM may mean that only so much did not fit.
IoResult TcpStream::do_write(ByteView from) {
  if (state_ != State::open) return fail(Status::transport_error, ERR_CONN);
  if (pcb_ == nullptr) return ended_ ? IoStatus::closed : IoStatus::error;
  write_blocked_ = !has_room(pcb_);
  if (write_blocked_) return IoStatus::would_block;
  std::uint16_t n = least(from.size, tcp_sndbuf(pcb_));
  err_t error = tcp_write(pcb_, from.data, n, TCP_WRITE_FLAG_COPY);
  while (error == ERR_MEM && n > 1) {
    n = static_cast<std::uint16_t>(n / 2);
    error = tcp_write(pcb_, from.data, n, TCP_WRITE_FLAG_COPY);
  }
  static_cast<void>(tcp_output(pcb_));  // what it cannot send now, lwIP's timer sends
  write_blocked_ = error == ERR_MEM;
  if (error == ERR_OK) return {IoStatus::ok, n};
  return error == ERR_MEM ? IoStatus::would_block : IoStatus::closed;
}

// Closing.

IoStatus TcpStream::do_close() {
  if (state_ == State::open && pcb_ == nullptr && !ended_) {
    do_abort();
    return IoStatus::error;
  }
  if (state_ == State::open && pcb_ != nullptr) begin_close();
  if (state_ == State::closing) return finish_close();
  do_abort();
  return IoStatus::ok;
}

// lwIP answers octets that arrive after tcp_close() with a reset, which would eat what is still under way; so its
// sending half is closed first, and the rest when all is delivered. Input is thrown away meanwhile, because a peer that
// cannot send may not read either.
void TcpStream::begin_close() {
  state_ = State::closing;
  shut_ = false;
  forget_input();
}

// Not before everything has been sent: lwIP marks the last segment that waits as the end, and when it has to split that
// to fit the peer's window, both halves (tcp_split_unsent_seg, up to 2.2.1), so that the peer never takes the second.
bool TcpStream::shut_down() {
  if (!ended_ && pcb_->unsent != nullptr) return false;
  shut_ = tcp_shutdown(pcb_, 0, 1) != ERR_MEM;
  return shut_;
}

IoStatus TcpStream::finish_close() {
  if (pcb_ != nullptr) {
    if (!shut_ && !shut_down()) return IoStatus::would_block;
    if (!ended_ && !all_delivered(pcb_)) return IoStatus::would_block;
    connect_callbacks(nullptr);  // before tcp_close(), which may free the pcb
    if (tcp_close(pcb_) == ERR_MEM) {
      connect_callbacks(this);
      return IoStatus::would_block;
    }
    pcb_ = nullptr;
  }
  const bool broken = native_ != ERR_OK;
  do_abort();
  return broken ? IoStatus::error : IoStatus::ok;
}

void TcpStream::connect_callbacks(TcpStream* self) {
  tcp_arg(pcb_, self);
  tcp_recv(pcb_, self != nullptr ? &TcpStream::received : nullptr);
  tcp_err(pcb_, self != nullptr ? &TcpStream::failed : nullptr);
}

void TcpStream::forget_input() {
  if (input_ == nullptr) return;
  if (pcb_ != nullptr) tcp_recved(pcb_, input_->tot_len);
  pbuf_free(input_);
  input_ = nullptr;
}

void TcpStream::do_abort() {
  if (state_ == State::resolving) leave_waiting_list();
  drop_pcb();
  forget_input();
  opening_ = false;
  state_ = State::closed;
}

void TcpStream::drop_pcb() {
  if (pcb_ == nullptr) return;
  connect_callbacks(nullptr);
  tcp_abort(pcb_);
  pcb_ = nullptr;
}

// Looking.

// What happened since the last call is not told yet, and so is still waited for.
Interest TcpStream::do_wait() const {
  Interest interest;
  interest.read = state_ == State::closing || (state_ == State::open && !opening_ && !end_was_read_);
  interest.write = opening_ || (state_ == State::open && write_blocked_);
  return interest;
}

Interest TcpStream::ready() const {
  Interest interest;
  switch (state_) {
    case State::closed:
    case State::failed: interest.read = interest.write = true; break;
    case State::resolving:
    case State::connecting: break;
    case State::open:
      interest.read = input_ != nullptr || ended_ || pcb_ == nullptr;
      interest.write = pcb_ == nullptr || has_room(pcb_);
      break;
    case State::closing:
      interest.read = pcb_ == nullptr || ended_ || all_delivered(pcb_) || (!shut_ && pcb_->unsent == nullptr);
      break;
  }
  return interest;
}

IpEndpoint TcpStream::do_local() const {
  return state_ == State::open && pcb_ != nullptr ? endpoint(pcb_->local_ip, pcb_->local_port) : IpEndpoint{};
}

IpEndpoint TcpStream::do_remote() const {
  return state_ == State::open && pcb_ != nullptr ? endpoint(pcb_->remote_ip, pcb_->remote_port) : IpEndpoint{};
}

}  // namespace mailmote::lwip
