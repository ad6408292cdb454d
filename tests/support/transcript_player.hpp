// Plays a transcript with a real Client over a VirtualStream.
#ifndef MAILMOTE_TESTS_SUPPORT_TRANSCRIPT_PLAYER_HPP
#define MAILMOTE_TESTS_SUPPORT_TRANSCRIPT_PLAYER_HPP

#include <map>
#include <string>
#include <vector>

#include "mailmote/dsn.hpp"
#include "support/driver.hpp"
#include "support/judge.hpp"
#include "support/login.hpp"
#include "support/test_source.hpp"
#include "support/transcript.hpp"

namespace mailmote::test {

/// How one run differs from the others.
struct Performance {
  Network network;
  std::size_t tx = 512;
  std::size_t rx = 512;
  Millis slowness = 0;        ///< see ScriptPeer
  Millis begin = 0xffffff00;  ///< the clock's first value: it wraps around in the run
  bool to_the_end = true;     ///< the script is played out and the expected end holds; else only the invariants do
  bool count_writes = false;  ///< "writes" and "elapsed" are checked
};

class TranscriptPlayer {
 public:
  TranscriptPlayer(const Transcript& transcript, const Performance& performance);

  /// Returns what went wrong; empty: nothing.
  std::string play();

 private:
  using Facts = std::map<std::string, std::string>;

  void set_options();
  void set_source();
  void set_reports();
  LoginSettings login_settings() const;
  std::string run(const std::string& operation);
  Status start(const std::string& verb, After after);
  Facts facts() const;
  std::string tries() const;
  std::string compare() const;
  std::string clean_run();

  const Transcript& transcript_;
  const Performance& performance_;
  VirtualClock clock_;
  ScriptPeer peer_;
  VirtualStream stream_;
  Options options_;
  AutoSecurity plan_;
  Login login_;
  std::string host_ = "127.0.0.1";
  std::string helo_;
  std::string sender_;
  std::vector<std::string> addresses_;
  std::vector<Recipient> recipients_;
  TestSource source_;
  Message message_;
  std::string envelope_id_;
  std::vector<std::string> original_recipients_;
  std::vector<RecipientDsn> wishes_;
  Dsn reports_;
  std::vector<std::uint8_t> rx_;
  std::vector<std::uint8_t> tx_;
  Client client_;
  Driver driver_;
  std::vector<Facts> ends_;
};

}  // namespace mailmote::test

#endif
