// File names of any characters as parameters of MIME headers (RFC 2231).
#ifndef MAILMOTE_MESSAGE_PARAMETER_HPP
#define MAILMOTE_MESSAGE_PARAMETER_HPP

#include <cstddef>

#include "mailmote/bytes.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// Puts the parameter "filename" on a line of its own: in quotes where the name is ASCII, else in percent encoding; what is
/// longer than a line in segments, one a call. `name`: well-formed UTF-8 without control characters, at most 255 octets,
/// not empty; `at`: where the segment begins. Returns where the next one begins.
std::size_t put_file_name(Sink& sink, const Text& name, std::size_t at, unsigned segment);

/// The same as "name", for readers that do not know that encoding: with "_" for each character above ASCII. Nothing where
/// it does not fit one line.
void put_plain_name(Sink& sink, const Text& name);

}  // namespace mailmote

#endif
