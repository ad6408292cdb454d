// Names by the system's own look-up, which blocks: for systems without c-ares.
#include <arpa/nameser.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <sys/socket.h>

#include <cstring>
#include <new>

#include "answered.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "socket_address.hpp"

namespace mailmote::posix {
namespace detail {
namespace {

Status status_of_getaddrinfo(int error) {
#ifdef EAI_NODATA
  if (error == EAI_NODATA) return Status::name_not_found;
#endif
  return error == EAI_NONAME ? Status::name_not_found : Status::name_lookup_failed;
}

Answered* answered(Status status, std::int32_t native) { return new (std::nothrow) Answered(status, native); }

void add(const ns_msg& message, const ns_rr& record, ServiceSink sink) {
  constexpr unsigned kHost = 6;
  Service service;
  if (ns_rr_type(record) != ns_t_srv || ns_rr_rdlen(record) <= kHost) return;
  const std::uint8_t* const data = ns_rr_rdata(record);
  service.priority = static_cast<std::uint16_t>(ns_get16(data));
  service.weight = static_cast<std::uint16_t>(ns_get16(data + 2));
  service.port = static_cast<std::uint16_t>(ns_get16(data + 4));
  if (dn_expand(ns_msg_base(message), ns_msg_end(message), data + kHost, service.host, sizeof service.host) < 0) return;
  sink.add(sink.context, service);
}

}  // namespace

LookupPointer look_up(const char* host, const char*, AddressList& into) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(host, nullptr, &hints, &list);
  if (error != 0) return LookupPointer(answered(status_of_getaddrinfo(error), error == EAI_SYSTEM ? errno : error));
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
    IpAddress address;
    if (to_address(*one->ai_addr, address)) into.add(address);
  }
  freeaddrinfo(list);
  return LookupPointer(answered(into.empty() ? Status::name_not_found : Status::ok, 0));
}

QuestionPointer look_up_services(const char* name, const char*, ServiceSink sink) {
  std::uint8_t answer[4096];
  const int size = res_query(name, ns_c_in, ns_t_srv, answer, sizeof answer);
  if (size < 0) {
    const bool missing = h_errno == HOST_NOT_FOUND || h_errno == NO_DATA;
    return QuestionPointer(answered(missing ? Status::name_not_found : Status::name_lookup_failed, h_errno));
  }
  ns_msg message;
  const int whole = size < static_cast<int>(sizeof answer) ? size : static_cast<int>(sizeof answer);
  if (ns_initparse(answer, whole, &message) != 0) return QuestionPointer(answered(Status::name_lookup_failed, errno));
  for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
    ns_rr record;
    if (ns_parserr(&message, ns_s_an, i, &record) == 0) add(message, record, sink);
  }
  return QuestionPointer(answered(Status::ok, 0));
}

}  // namespace detail

bool look_up_blocks() { return true; }

}  // namespace mailmote::posix
