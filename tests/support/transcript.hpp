// Dialogues written in Markdown: tests/transcripts/README.md explains the form.
#ifndef MAILMOTE_TESTS_SUPPORT_TRANSCRIPT_HPP
#define MAILMOTE_TESTS_SUPPORT_TRANSCRIPT_HPP

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "support/script_peer.hpp"

namespace mailmote::test {

/// One line behind the dialogue: "mail 2 outcome: accepted". `mail` is 0 when it does not name one.
struct Expectation {
  std::size_t mail = 0;
  std::string key;
  std::string value;
};

struct Transcript {
  std::string name;   ///< file and heading, as letters, digits and _
  std::string where;  ///< "file.md:12"
  std::map<std::string, std::string> settings;
  std::vector<Dialogue> script;
  std::vector<Expectation> ends;

  /// A setting, or what stands for it when it is not given.
  std::string setting(const std::string& key, const std::string& otherwise) const;
  bool is(const std::string& key, const std::string& value) const { return setting(key, "") == value; }

  /// The message's content as the source delivers it.
  std::string content() const;

  /// Octets that the server says, over all connections.
  std::size_t server_octets() const;
};

inline std::ostream& operator<<(std::ostream& out, const Transcript& transcript) { return out << transcript.where; }

/// All dialogues of a Markdown text. Throws std::runtime_error with file and line where one is malformed.
std::vector<Transcript> parse_transcripts(const std::string& markdown, const std::string& file);

/// All dialogues of the *.md files in a directory, by file name.
std::vector<Transcript> load_transcripts(const std::string& directory);

}  // namespace mailmote::test

#endif
