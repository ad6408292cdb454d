// The only writer of commands. Every function is a compose function of Sink: it puts the same octets in each run.
#ifndef MAILMOTE_WIRE_COMMAND_WRITER_HPP
#define MAILMOTE_WIRE_COMMAND_WRITER_HPP

#include <cstdint>

#include "mailmote/ip.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// `verb` ("EHLO ") and the name, or the address as a literal where there is none (RFC 5321 section 4.1.3), or
/// [127.0.0.1] where that is not known either.
void write_hello(Sink& sink, const char (&verb)[6], Text name, const IpAddress& local);

struct MailCommand {
  Text sender;
  std::uint32_t size = 0;  ///< SIZE= (RFC 1870); 0: none
  bool eight_bit = false;  ///< BODY=8BITMIME (RFC 6152)
  bool smtputf8 = false;   ///< SMTPUTF8 (RFC 6531)
};

/// Both without the line end, before which further parameters may stand.
void write_mail(Sink& sink, const MailCommand& mail);
void write_rcpt(Sink& sink, Text recipient);

}  // namespace mailmote

#endif
