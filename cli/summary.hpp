// A report as a person reads it.
#ifndef MAILMOTE_CLI_SUMMARY_HPP
#define MAILMOTE_CLI_SUMMARY_HPP

#include "report.hpp"

namespace mailmote::cli {

/// A few lines: what went well on standard output (nothing with `quiet`), what did not on standard error.
void summarize(const Report& report, bool quiet);

}  // namespace mailmote::cli

#endif
