// The server's side of AUTH (RFC 4954): it knows one user, and checks what it is told by means of its own.
#ifndef MAILMOTE_TESTS_SUPPORT_VIRTUAL_LOGIN_HPP
#define MAILMOTE_TESTS_SUPPORT_VIRTUAL_LOGIN_HPP

#include <string>
#include <string_view>

namespace mailmote::test {

std::string to_base64(std::string_view octets);
std::string from_base64(std::string_view text);

class VirtualLogin {
 public:
  std::string user = "sensor";
  std::string password = "secret";
  std::string token = "ya29.token";
  unsigned iterations = 4;           ///< of SCRAM
  std::string refused_mechanism;     ///< is offered and answered with 504
  bool knows_password = true;        ///< off: a server that only says so; its SCRAM signature is wrong

  /// What it says to "AUTH MECHANISM[ RESPONSE]", and to each line behind a 334.
  std::string begin(const std::string& line);
  std::string go_on(const std::string& line);

 private:
  using Step = std::string (VirtualLogin::*)(const std::string& response);

  std::string challenge(Step next, const std::string& octets);
  std::string on_plain(const std::string& response);
  std::string on_login_user(const std::string& response);
  std::string on_login_password(const std::string& response);
  std::string on_cram_md5(const std::string& response);
  std::string on_external(const std::string& response);
  std::string on_token(const std::string& response);
  std::string on_refusal_read(const std::string& response);
  std::string on_scram_first(const std::string& response);
  std::string on_scram_final(const std::string& response);
  std::string on_scram_end(const std::string& response);

  Step next_ = nullptr;
  std::string given_user_;
  std::string client_first_;  // without its GS2 header
  std::string server_first_;
};

}  // namespace mailmote::test

#endif
