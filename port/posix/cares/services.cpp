// SRV records by c-ares.
#include <cstring>
#include <new>

#include "cares/channel.hpp"

namespace mailmote::posix::detail {
namespace {

class CaresServices final : public Question {
 public:
  CaresServices(const char* name_servers, ServiceSink sink) : sink_(sink), channel_(Channel::Source::dns, name_servers) {}

  void begin(const char* name);

  void step() override { channel_.step(); }
  bool done() const override { return !open_; }
  Status status() const override { return error_ == ARES_SUCCESS ? Status::ok : status_of_cares(error_); }
  std::int32_t native() const override { return error_; }
  unsigned descriptors(pollfd* into) const override { return channel_.descriptors(into); }
  Millis timeout() const override { return channel_.timeout(); }
  unsigned generation() const override { return channel_.generation(); }

 private:
  static void on_answer(void* self, int error, int timeouts, unsigned char* answer, int size);
  int add_all(const unsigned char* answer, int size);

  ServiceSink sink_;
  bool open_ = false;
  int error_ = ARES_SUCCESS;
  Channel channel_;
};

void CaresServices::begin(const char* name) {
  constexpr int kInternet = 1, kSrv = 33;
  error_ = channel_.error();
  open_ = error_ == ARES_SUCCESS;
  if (open_) ares_query(channel_.get(), name, kInternet, kSrv, on_answer, this);
}

void CaresServices::on_answer(void* self, int error, int, unsigned char* answer, int size) {
  if (error == ARES_EDESTRUCTION) return;
  CaresServices& services = *static_cast<CaresServices*>(self);
  services.open_ = false;
  services.error_ = error == ARES_SUCCESS ? services.add_all(answer, size) : error;
}

int CaresServices::add_all(const unsigned char* answer, int size) {
  ares_srv_reply* found = nullptr;
  const int error = ares_parse_srv_reply(answer, size, &found);
  for (const ares_srv_reply* one = found; one != nullptr; one = one->next) {
    Service service{one->priority, one->weight, one->port, {}};
    const std::size_t length = std::strlen(one->host);
    if (length >= sizeof service.host) continue;
    std::memcpy(service.host, one->host, length);
    sink_.add(sink_.context, service);
  }
  if (found != nullptr) ares_free_data(found);
  return error;
}

}  // namespace

QuestionPointer look_up_services(const char* name, const char* name_servers, ServiceSink sink) {
  auto* const services = new (std::nothrow) CaresServices(name_servers, sink);
  if (services != nullptr) services->begin(name);
  return QuestionPointer(services);
}

}  // namespace mailmote::posix::detail
