// Checks of what the user gives for addresses and names (RFC 5321 sections 4.1.2 and 4.5.3.1).
#ifndef MAILMOTE_WIRE_ADDRESS_HPP
#define MAILMOTE_WIRE_ADDRESS_HPP

#include "mailmote/bytes.hpp"

namespace mailmote {

/// local-part@domain that may stand between < and >: at most 254 octets, 64 of them before the last "@", visible
/// characters without < and > (so that quoted local parts pass as long as they hold no blank). Whether the address exists,
/// and whether its dots are in place, is the server's to say. Octets above 127 pass: SMTPUTF8 decides about them.
bool is_mailbox(const Text& address);

/// Visible characters only, no blank, no more than `most` octets, at least one: a host name, an EHLO argument.
bool is_name(const Text& name, std::size_t most);

/// Whether an octet above 127 is in it.
bool has_eight_bit(const Text& text);

/// The part behind the last "@"; all of it when there is none.
Text domain_of(const Text& address);

}  // namespace mailmote

#endif
