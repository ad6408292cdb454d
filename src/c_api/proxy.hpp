// A stream through a proxy, with all that it needs.
#ifndef MAILMOTE_C_API_PROXY_HPP
#define MAILMOTE_C_API_PROXY_HPP

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/proxy_stream.hpp"

namespace mailmote {

ProxyOptions to_cpp(const mailmote_proxy_options_t& given);

template <class Kind>
struct ProxyObject {
  template <class... More>
  ProxyObject(Stream& inner, const mailmote_proxy_options_t& given, More... more)
      : options(to_cpp(given)), proxy(options, more...), stream(inner, proxy) {}

  ProxyOptions options;
  Kind proxy;
  ProxyStream stream;
};

template <class Kind, class... More>
mailmote_stream_t* make_proxy_stream(mailmote_proxy_stream_t* memory, mailmote_stream_t* inner,
                                     const mailmote_proxy_options_t* options, More... more) {
  static_assert(can_hold<mailmote_proxy_stream_t, ProxyObject<Kind>>);
  if (inner == nullptr || options == nullptr) return nullptr;
  return to_c((new (memory) ProxyObject<Kind>(stream_of(inner), *options, more...))->stream);
}

}  // namespace mailmote

#endif
