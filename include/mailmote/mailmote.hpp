// Everything of mailmote's C++ interface.
#ifndef MAILMOTE_MAILMOTE_HPP
#define MAILMOTE_MAILMOTE_HPP

#include "mailmote/auth.hpp"
#include "mailmote/bytes.hpp"
#include "mailmote/capabilities.hpp"
#include "mailmote/client.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/config.hpp"
#include "mailmote/dsn.hpp"
#include "mailmote/ip.hpp"
#include "mailmote/mail_header.hpp"
#include "mailmote/message.hpp"
#include "mailmote/mime.hpp"
#include "mailmote/observer.hpp"
#include "mailmote/options.hpp"
#include "mailmote/proxy.hpp"
#include "mailmote/proxy_stream.hpp"
#include "mailmote/random.hpp"
#include "mailmote/reply.hpp"
#include "mailmote/sasl.hpp"
#include "mailmote/security.hpp"
#include "mailmote/session.hpp"
#include "mailmote/sink.hpp"
#include "mailmote/sources.hpp"
#include "mailmote/status.hpp"
#include "mailmote/stream.hpp"
#include "mailmote/text_message.hpp"
#include "mailmote/tls.hpp"

#endif
