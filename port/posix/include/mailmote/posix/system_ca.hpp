// Where this system keeps the certificates that it trusts.
#ifndef MAILMOTE_POSIX_SYSTEM_CA_HPP
#define MAILMOTE_POSIX_SYSTEM_CA_HPP

namespace mailmote::posix {

/// For TlsOptions::ca_file: the file with all of the system's trusted certificates; null when none is found.
const char* system_ca_file();

}  // namespace mailmote::posix

#endif
