// What a sketch includes. Arduino finds a library by a header at this place; everybody else includes mailmote/mailmote.hpp.
#ifndef MAILMOTE_ARDUINO_LIBRARY_H
#define MAILMOTE_ARDUINO_LIBRARY_H

#include "mailmote/arduino/mailer.hpp"
#include "mailmote/mailmote.hpp"

#endif
