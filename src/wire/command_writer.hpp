// The only writer of commands. Every function is a compose function of Sink: it puts the same octets in each run.
#ifndef MAILMOTE_WIRE_COMMAND_WRITER_HPP
#define MAILMOTE_WIRE_COMMAND_WRITER_HPP

#include <cstdint>

#include "mailmote/ip.hpp"
#include "mailmote/message.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// All without the line end, before which further parameters may stand.

/// `verb` ("EHLO ") and the name, or the address as a literal where there is none (RFC 5321 section 4.1.3), or
/// [127.0.0.1] where that is not known either.
void write_hello(Sink& sink, const char (&verb)[6], const Text& name, const IpAddress& local);

/// With SIZE=`size` (RFC 1870) unless that is 0, BODY=8BITMIME (RFC 6152) and SMTPUTF8 (RFC 6531) as the plan has it.
void write_mail(Sink& sink, const Text& sender, std::uint32_t size, const ContentPlan& plan);

void write_rcpt(Sink& sink, const Text& recipient);

}  // namespace mailmote

#endif
