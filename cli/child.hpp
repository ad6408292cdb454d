// Another program that is run for what it writes.
#ifndef MAILMOTE_CLI_CHILD_HPP
#define MAILMOTE_CLI_CHILD_HPP

#include <string>
#include <vector>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"

namespace mailmote::cli {

/// Runs `words` (the first one is looked for in PATH) with nothing on standard input and the same standard error, and
/// reads its standard output. Returns the number of octets. `problem`, else empty, says why it failed, as what follows
/// the program's name: it cannot be started, does not exit with 0, writes too much, or runs longer than `timeout`.
std::size_t read_from_child(const std::vector<std::string>& words, MutableBytes into, Millis timeout,
                            std::string& problem);

}  // namespace mailmote::cli

#endif
