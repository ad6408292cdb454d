#ifndef MAILMOTE_WIRE_SINK_HPP
#define MAILMOTE_WIRE_SINK_HPP
#include "mailmote/sink.hpp"
#endif
