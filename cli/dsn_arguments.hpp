// The part of the command line that is about delivery status notifications (RFC 3461).
#ifndef MAILMOTE_CLI_DSN_ARGUMENTS_HPP
#define MAILMOTE_CLI_DSN_ARGUMENTS_HPP

#include <string>

#include "mailmote/dsn.hpp"

namespace CLI {
class App;
}

namespace mailmote::cli {

struct DsnArguments {
  DsnReturn ret = DsnReturn::server_default;
  Notify notify = Notify::server_default;
  std::string envelope_id;

  bool wanted() const {
    return ret != DsnReturn::server_default || notify != Notify::server_default || !envelope_id.empty();
  }
};

/// The values of the options as they were given.
struct DsnWords {
  std::string ret;
  std::string notify;
};

void add_dsn(CLI::App& command, DsnWords& words, DsnArguments& out);

void resolve_dsn(const DsnWords& words, DsnArguments& out);

}  // namespace mailmote::cli

#endif
