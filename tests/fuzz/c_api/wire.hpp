// A server, and a proxy before it, behind the tables of a stream in C. It answers as a kind server does, but where the
// script says otherwise; and it watches that the library keeps to the life of a stream.
#ifndef MAILMOTE_TESTS_FUZZ_C_API_WIRE_HPP
#define MAILMOTE_TESTS_FUZZ_C_API_WIRE_HPP

#include <string>

#include "fuzz/fuzz.hpp"
#include "mailmote/mailmote.h"

namespace mailmote::test {

enum class ProxyKind { none, socks4, socks5, http };

class Wire {
 public:
  explicit Wire(const std::string& script)
      : script_(script), feed_(reinterpret_cast<const std::uint8_t*>(script_.data()), script_.size()) {}
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  static const mailmote_stream_ops_t kOps;
  static const mailmote_tls_ops_t kTlsOps;

  ProxyKind proxy = ProxyKind::none;

  mailmote_io_t open(const char* host);
  mailmote_io_t progress();
  mailmote_io_t start_tls();
  mailmote_io_t read(std::uint8_t* into, std::size_t size, std::size_t* n);
  mailmote_io_t write(const std::uint8_t* from, std::size_t size, std::size_t* n);
  mailmote_io_t close();
  void abort() { connection_ = {}; }
  void report(mailmote_tls_report_t& report) const;
  mailmote_status_t status() const { return connection_.status; }

 private:
  enum class State { closed, opening, securing, open };

  struct Connection {
    State state = State::closed;
    std::string heard = {}, says = {};
    std::size_t chunk = 0;  ///< octets of it that are still to come
    bool in_chunk = false;
    bool in_content = false;
    bool through = false;  ///< the proxy
    bool established = false;
    mailmote_io_t at_end = MAILMOTE_IO_WOULD_BLOCK;
    mailmote_status_t status = MAILMOTE_OK;
  };

  mailmote_io_t fail(mailmote_status_t status);
  void answer_as_proxy();
  void answer();
  void hear(const std::string& line);
  void say(const char* reply);

  const std::string script_;
  Feed feed_;
  Connection connection_;
};

}  // namespace mailmote::test

#endif
