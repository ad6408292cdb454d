// A file that goes with the mail, as the command line says it.
#ifndef MAILMOTE_CLI_ATTACHED_FILE_HPP
#define MAILMOTE_CLI_ATTACHED_FILE_HPP

#include <string>
#include <string_view>

namespace mailmote::cli {

struct AttachedFile {
  std::string path;  ///< "-": standard input
  std::string type;  ///< "image/png"
  std::string name;  ///< UTF-8; empty: none
  std::string id;    ///< Content-ID without brackets; empty: none
};

/// "FILE[;type=T][;name=N]". Without them the name is the file's own and the type follows from it. Throws Failure.
AttachedFile parse_attachment(std::string_view text);

/// "FILE;cid=ID[;type=T][;name=N]". Throws Failure.
AttachedFile parse_inline(std::string_view text);

}  // namespace mailmote::cli

#endif
