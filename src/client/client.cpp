#include "mailmote/client.hpp"

#include "client/securing.hpp"
#include "mailmote/tls.hpp"

namespace mailmote {
namespace {

// How long the server's last words are waited for after a write has failed, and an orderly close may take.
constexpr Millis kLastWords = 2000;

Millis earlier(Millis a, Millis b) { return a < b ? a : b; }

Status named(Status status) { return status == Status::ok ? Status::transport_error : status; }

Route route_of(const Options& options) {
  Route route;
  route.security = options.security;
  route.port = options.port != 0 ? options.port : options.security == Security::implicit ? kSubmissionsPort : kSubmissionPort;
  route.greeting = options.greeting_timeout != kForever ? options.greeting_timeout : options.timeouts->greeting;
  return route;
}

}  // namespace

Status Client::begin(Operation operation, Message* message, After after, Layout) {
  if (task_ != Task::none) return Status::busy;
  if (options().security != Security::none) {
    const TlsReport* const tls = stream_.tls();
    if (tls == nullptr) return Status::no_tls_layer;
    if (options().security == Security::automatic && options().plan == nullptr) return Status::no_security_plan;
    securing_ = tls->securing;
  }
  const Status status = session_.prepare(operation, message, after);
  if (status == Status::ok) task_ = Task::begun;
  return status;
}

Status Client::get_capabilities() {
  if (task_ != Task::none) return Status::busy;
  drop();
  return begin(Operation::connect, nullptr, After::quit);
}

Status Client::quit() {
  if (task_ != Task::none) return Status::busy;
  if (!connected()) return Status::nothing_to_do;
  return begin(Operation::quit, nullptr, After::quit);
}

void Client::cancel() {
  if (task_ != Task::none) stop(Status::cancelled);
  drop();
  task_ = Task::none;
}

void Client::stop(Status status) {
  session_.fail(status);
  session_.give_up();
  drop();
}

void Client::drop() {
  stream_.abort();
  link_ = Link::closed;
}

Poll Client::poll(Millis now) {
  if (task_ == Task::begun) launch(now);
  if (link_ == Link::due) open(now);
  switch (link_) {
    case Link::closed:
    case Link::due: break;
    case Link::opening: advance(stream_.progress(now), now); break;
    case Link::securing: securing_->advance(*this, stream_.progress(now), now); break;
    case Link::open: pump(now); break;
    case Link::closing: close(now); break;
  }
  if (task_ != Task::none && operation_deadline_.expired(now) && !session_.finished()) {
    stop(Status::operation_timeout);
  }
  return report();
}

void Client::launch(Millis now) {
  task_ = Task::running;
  operation_deadline_.set(now, options().timeout != kForever ? options().timeout : options().timeouts->operation);
  reused_ = link_ == Link::open && session_.ready();
  if (reused_) return session_.resume(now);
  drop();
  if (securing_ != nullptr) securing_->begin(*this);
  link_ = Link::due;
}

void Client::open(Millis now) {
  end_ = Status::ok;
  write_failed_ = write_blocked_ = stepping_ = false;
  session_.restart();
  security_ = Security::none;
  route_ = route_of(options());
  if (securing_ != nullptr) securing_->choose(*this);
  link_ = Link::opening;
  link_deadline_.set(now, bound(options().timeouts->connect));
  advance(stream_.open({options().host, route_.port}), now);
}

// A trial waits for everything up to the greeting as it does for that.
Millis Client::bound(Millis timeout) const { return route_.trial ? earlier(timeout, route_.greeting) : timeout; }

void Client::advance(IoStatus status, Millis now) {
  if (status == IoStatus::ok) return on_open(now);
  if (status != IoStatus::would_block) return on_lost(stream_.status());
  if (link_deadline_.expired(now)) on_lost(Status::connect_timeout);
}

void Client::on_open(Millis now) {
  if (securing_ != nullptr && securing_->before_greeting(*this)) return securing_->secure(*this, now);
  if (route_.security == Security::none && !may_be_clear()) session_.fail(Status::clear_text_refused);
  greet(now);
}

void Client::greet(Millis now) {
  link_ = Link::open;
  link_deadline_.clear();
  session_.connected(options().helo.empty() ? stream_.local().address : IpAddress{}, route_, now);
}

bool Client::may_be_clear() const { return options().allow_clear || stream_.remote().address.is_loopback(); }

void Client::pump(Millis now) {
  if (end_ == Status::ok && !stepping_ && !session_.has_line()) receive();
  stepping_ = session_.step(now);
  if (session_.wants_close()) return begin_close(now);
  if (session_.wants_tls()) return securing_->secure(*this, now);
  if (link_deadline_.expired(now) && end_ == Status::ok) end_ = named(stream_.status());
  if (end_ != Status::ok && !session_.has_line()) return on_lost(end_);
  if (!write_failed_ && !stepping_) transmit(now);
}

void Client::receive() {
  const IoResult result = stream_.read(session_.rx_space());
  if (result.status == IoStatus::ok) session_.rx_commit(result.n);
  if (result.status == IoStatus::closed) end_ = Status::connection_closed;
  if (result.status == IoStatus::error) end_ = named(stream_.status());
}

void Client::transmit(Millis now) {
  if (!session_.has_output()) return;
  const IoResult result = stream_.write(session_.tx_pending());
  write_blocked_ = result.status == IoStatus::would_block;
  if (write_blocked_) return;
  if (result.status == IoStatus::ok) return session_.tx_consume(result.n, now);
  write_failed_ = true;
  link_deadline_.set(now, kLastWords);
}

void Client::on_lost(Status status) {
  session_.lost(named(status), stream_.native());
  drop();
  after_close();
}

void Client::begin_close(Millis now) {
  if (write_failed_) session_.note_native(stream_.native());
  link_ = Link::closing;
  link_deadline_.set(now, kLastWords);
  close(now);
}

void Client::close(Millis now) {
  if (stream_.close() == IoStatus::would_block && !link_deadline_.expired(now)) return;
  drop();
  after_close();
}

// What is left of an operation begins again where that is safe: on a kept connection that had died in the meantime, and
// for recipients that the server wants in a transaction of their own.
void Client::after_close() {
  if (session_.finished()) return;
  if (route_.trial) return securing_->failed(*this);
  if (!session_.may_restart() || !(reused_ || session_.wants_reconnect())) return session_.give_up();
  reused_ = false;
  link_ = Link::due;
}

Poll Client::report() {
  if (task_ != Task::none && session_.finished()) {
    task_ = Task::none;
    return Poll::done;
  }
  if (link_ == Link::closed) return Poll::idle;
  const bool open = link_ == Link::open;
  if (link_ == Link::due || stream_.wait().again || (open && session_.has_work())) return Poll::again;
  return open && session_.ready() ? Poll::idle : Poll::wait;
}

Wait Client::wait(Millis now) const {
  if (task_ == Task::begun || link_ == Link::due) return {0, false, false};
  if (link_ == Link::closed) return {};
  const Interest interest = stream_.wait();
  const bool open = link_ == Link::open;
  Wait wait;
  wait.timeout = link_deadline_.left(now);
  if (task_ != Task::none) wait.timeout = earlier(wait.timeout, operation_deadline_.left(now));
  if (open) wait.timeout = earlier(wait.timeout, session_.time_left(now));
  if (interest.timeout != Interest::kNoLimit) wait.timeout = earlier(wait.timeout, interest.timeout);
  if (interest.again || (open && session_.has_work())) wait.timeout = 0;
  wait.want_read = open ? end_ == Status::ok : interest.read;
  wait.want_write = open ? wants_write(interest) : interest.write;
  return wait;
}

// A stream may hold octets that it has taken, and then waits for room with nothing left to be written here.
bool Client::wants_write(const Interest& interest) const {
  return !write_failed_ && (interest.write || (session_.has_output() && !write_blocked_));
}

CredentialCheck Client::credentials() const {
  const Error& error = session_.error();
  if (error.status == Status::auth_rejected && error.smtp_code >= 500) return CredentialCheck::invalid;
  return session_.authenticated() ? CredentialCheck::valid : CredentialCheck::could_not_tell;
}

Outcome Client::outcome() const { return outcome_of(session_.recipients()); }

}  // namespace mailmote
