#include "mailmote/c/bridge.hpp"
#include "mailmote/posix/file_source.hpp"
#include "mailmote/posix/posix.h"
#include "mailmote/posix/system_ca.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_posix_stream_t, posix::TcpStream>, "give mailmote_posix_stream_t more words");
static_assert(can_hold<mailmote_posix_file_source_t, posix::FdSource>);

mailmote_stream_t* mailmote_posix_stream_init(mailmote_posix_stream_t* memory) {
  return to_c(*new (memory) posix::TcpStream);
}

mailmote_source_t* mailmote_posix_file_source_init(mailmote_posix_file_source_t* memory, int fd) {
  return to_c_source(*new (memory) posix::FdSource(fd));
}

uint32_t mailmote_posix_now() { return posix::now(); }

void mailmote_posix_sleep(const mailmote_client_t* client, mailmote_posix_stream_t* tcp) {
  const Client* const own = client_of(client);
  if (own != nullptr) posix::wait(own->wait(posix::now()), object_in<posix::TcpStream>(tcp));
}

mailmote_outcome_t mailmote_posix_run(mailmote_client_t* client, mailmote_posix_stream_t* tcp) {
  Client* const own = client_of(client);
  if (own == nullptr) return MAILMOTE_OUTCOME_NOT_SENT;
  return to_c<mailmote_outcome_t>(posix::run(*own, object_in<posix::TcpStream>(tcp)));
}

void mailmote_posix_drain(mailmote_client_t* client, mailmote_posix_stream_t* tcp) {
  Client* const own = client_of(client);
  if (own != nullptr) posix::drain(*own, object_in<posix::TcpStream>(tcp));
}

uint32_t mailmote_posix_wall_clock(void* context) { return posix::wall_clock(context); }

bool mailmote_posix_random(void* context, uint8_t* out, size_t size) { return posix::random(context, out, size); }

const char* mailmote_posix_system_ca_file() { return posix::system_ca_file(); }
