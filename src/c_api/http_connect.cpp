#include "c_api/proxy.hpp"

using namespace mailmote;

mailmote_stream_t* mailmote_http_proxy_stream_init(mailmote_proxy_stream_t* memory, mailmote_stream_t* inner,
                                                   const mailmote_proxy_options_t* options) {
  return make_proxy_stream<HttpProxy>(memory, inner, options);
}
