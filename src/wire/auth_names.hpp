// The names of SASL mechanisms.
#ifndef MAILMOTE_WIRE_AUTH_NAMES_HPP
#define MAILMOTE_WIRE_AUTH_NAMES_HPP

#include "mailmote/capabilities.hpp"

namespace mailmote {

/// Adds the mechanism of this name, in upper or lower case, to `set`. False: it is not known.
bool add_mechanism(const Text& name, AuthSet& set);

}  // namespace mailmote

#endif
