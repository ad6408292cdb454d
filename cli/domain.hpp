// Domains with letters beyond ASCII (RFC 5891).
#ifndef MAILMOTE_CLI_DOMAIN_HPP
#define MAILMOTE_CLI_DOMAIN_HPP

#include <string>

#include "mailmote/status.hpp"

namespace mailmote::cli {

/// In the form that every server takes: "tänk.example" is "xn--tnk-qla.example"; ASCII as it is. `wrong`: the status of
/// a domain that has no such form. Throws Failure, for every domain that is not ASCII in a program without libidn2.
std::string ascii_domain(const std::string& domain, Status wrong);

/// The same for the domain of a mail address.
std::string with_ascii_domain(const std::string& address, Status wrong);

/// The form of a domain that is not ASCII, by libidn2. Throws Failure.
std::string to_ascii(const std::string& domain, Status wrong);

}  // namespace mailmote::cli

#endif
