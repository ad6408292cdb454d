// Streams belong to the application; a virtual destructor would link the heap.
// says: protected
#include "mailmote/client.hpp"

void end(mailmote::Stream* stream) {
  stream->abort();
#if MISTAKE
  delete stream;
#endif
}
