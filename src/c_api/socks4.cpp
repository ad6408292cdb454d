#include "c_api/proxy.hpp"

using namespace mailmote;

mailmote_stream_t* mailmote_socks4_stream_init(mailmote_proxy_stream_t* memory, mailmote_stream_t* inner,
                                               const mailmote_proxy_options_t* options) {
  return make_proxy_stream<Socks4Proxy>(memory, inner, options, Socks4Kind::socks4);
}

mailmote_stream_t* mailmote_socks4a_stream_init(mailmote_proxy_stream_t* memory, mailmote_stream_t* inner,
                                                const mailmote_proxy_options_t* options) {
  return make_proxy_stream<Socks4Proxy>(memory, inner, options, Socks4Kind::socks4a);
}
