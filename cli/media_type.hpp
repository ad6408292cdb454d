// What kind of file a name stands for.
#ifndef MAILMOTE_CLI_MEDIA_TYPE_HPP
#define MAILMOTE_CLI_MEDIA_TYPE_HPP

#include <string>
#include <string_view>

namespace mailmote::cli {

/// By the name's extension, as the system's table (/etc/mime.types) has it, else a small one of our own;
/// "application/octet-stream" where neither knows it.
std::string media_type(std::string_view file_name);

}  // namespace mailmote::cli

#endif
