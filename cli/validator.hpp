// A parser as CLI11 wants a validator: what it throws is said of the option, or of the line in a file.
#ifndef MAILMOTE_CLI_VALIDATOR_HPP
#define MAILMOTE_CLI_VALIDATOR_HPP

#include <functional>
#include <string>

#include "failure.hpp"

namespace mailmote::cli {

template <class Parse>
std::function<std::string(const std::string&)> parsed_by(Parse parse) {
  return [parse](const std::string& text) {
    try {
      parse(text);
    } catch (const Failure& failure) {
      return std::string(failure.what());
    }
    return std::string();
  };
}

}  // namespace mailmote::cli

#endif
