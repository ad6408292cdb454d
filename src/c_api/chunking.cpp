#include "c_api/objects.hpp"

void mailmote_use_chunking(mailmote_options_t* options) { options->chunking = &mailmote::kChunking; }
