// Parameters of MIME headers with values of any characters (RFC 2231).
#ifndef MAILMOTE_MESSAGE_PARAMETER_HPP
#define MAILMOTE_MESSAGE_PARAMETER_HPP

#include <cstddef>

#include "mailmote/bytes.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// Puts a parameter on a line of its own: in quotes where the value is ASCII, else in percent encoding; what is longer
/// than a line in segments, one a call. `value`: well-formed UTF-8 without control characters, at most 255 octets, not
/// empty; `at`: where the segment begins. Returns where the next one begins.
std::size_t put_parameter(Sink& sink, const Text& name, const Text& value, std::size_t at, unsigned segment);

/// The same for readers that do not know that encoding: with "_" for each character above ASCII. Nothing where it does
/// not fit one line.
void put_plain_parameter(Sink& sink, const Text& name, const Text& value);

}  // namespace mailmote

#endif
