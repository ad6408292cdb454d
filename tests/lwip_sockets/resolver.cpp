#include "lwip_sockets/resolver.hpp"

#include <lwip/dns.h>
#include <lwip/tcpip.h>

#include <future>
#include <list>
#include <memory>
#include <mutex>

namespace mailmote::contract {
namespace {

struct LookUp {
  std::string name;
  dns_found_callback found;
  void* argument;
};

std::mutex mutex;
std::list<LookUp> late;

void find_nothing(void* look_up) {
  const std::unique_ptr<LookUp> asked(static_cast<LookUp*>(look_up));
  asked->found(asked->name.c_str(), nullptr, asked->argument);
}

err_t ask(const LookUp& look_up, ip_addr_t* address) {
  if (look_up.name == "known.name") return ipaddr_aton("10.0.0.1", address) != 0 ? ERR_OK : ERR_ARG;
  if (look_up.name.rfind("late", 0) != 0) {
    return tcpip_callback(find_nothing, new LookUp(look_up)) == ERR_OK ? ERR_INPROGRESS : ERR_MEM;
  }
  const std::lock_guard<std::mutex> lock(mutex);
  late.push_back(look_up);
  return ERR_INPROGRESS;
}

LookUp take(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex);
  for (auto one = late.begin(); one != late.end(); ++one) {
    if (one->name != name) continue;
    LookUp taken = *one;
    late.erase(one);
    return taken;
  }
  return {};
}

struct Answer {
  LookUp look_up;
  const char* address;
  std::promise<void> done;
};

void give(void* given) {
  auto& answer = *static_cast<Answer*>(given);
  ip_addr_t address;
  if (answer.address != nullptr) ipaddr_aton(answer.address, &address);
  const ip_addr_t* const found = answer.address != nullptr ? &address : nullptr;
  answer.look_up.found(answer.look_up.name.c_str(), found, answer.look_up.argument);
  answer.done.set_value();
}

}  // namespace

std::size_t Resolver::waiting() {
  const std::lock_guard<std::mutex> lock(mutex);
  return late.size();
}

void Resolver::answer(const std::string& name, const char* address) {
  Answer answer{take(name), address, {}};
  if (answer.look_up.found == nullptr || tcpip_callback(give, &answer) != ERR_OK) return;
  answer.done.get_future().wait();
}

}  // namespace mailmote::contract

extern "C" err_t dns_gethostbyname(const char* name, ip_addr_t* address, dns_found_callback found, void* argument) {
  return mailmote::contract::ask({name, found, argument}, address);
}
