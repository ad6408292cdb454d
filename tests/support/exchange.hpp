// Drives a mechanism by hand, as a session would.
#ifndef MAILMOTE_TESTS_SUPPORT_EXCHANGE_HPP
#define MAILMOTE_TESTS_SUPPORT_EXCHANGE_HPP

#include <string>
#include <string_view>
#include <vector>

#include "mailmote/auth.hpp"
#include "mailmote/options.hpp"
#include "support/guard_page.hpp"
#include "wire/base64.hpp"

namespace mailmote::test {

class Exchange {
 public:
  explicit Exchange(SaslMechanism& mechanism, const RandomSource& random = {})
      : mechanism_(mechanism), random_(random) {
    options.host = "mail.example";
  }

  Options options;
  bool implicit_tls = true;
  std::size_t computes = 0;  ///< how often there was more to compute
  std::size_t waits = 0;

  /// The first response; see respond().
  std::string begin() {
    mechanism_.begin({options, random_, implicit_tls});
    return respond();
  }

  /// What it answers to a challenge; see respond().
  std::string answer(std::string_view challenge) {
    std::string base64;
    for (std::size_t at = 0; at < challenge.size(); at += 3) {
      char group[4];
      base64_group(challenge.data() + at, challenge.size() - at < 3 ? challenge.size() - at : 3, group);
      base64.append(group, sizeof group);
    }
    return answer_raw(base64);
  }

  /// The same for what may not be base64.
  std::string answer_raw(std::string_view text) {
    const GuardPage page(text);
    mechanism_.challenge(page.text());
    return respond();
  }

  /// The response, or "*" and the status where it cancels.
  std::string respond() {
    for (;;) {
      switch (mechanism_.go_on()) {
        case AuthStep::respond: return text();
        case AuthStep::cancel: return "*" + std::string(name(mechanism_.status()));
        case AuthStep::compute: ++computes; break;
        case AuthStep::wait:
          if (++waits == 100) return "waits";
          break;
      }
    }
  }

 private:
  /// The response, which must be the same in pieces.
  std::string text() const {
    const std::string whole = piece(0, 8192);
    std::string joined;
    while (joined.size() < whole.size()) {
      const std::string next = piece(joined.size(), 7);
      if (next.empty()) return "nothing behind octet " + std::to_string(joined.size());
      joined += next;
    }
    return joined == whole ? whole : "it differs in pieces: " + joined;
  }

  std::string piece(std::size_t skip, std::size_t room) const {
    std::vector<std::uint8_t> out(room);
    Sink sink(out.data(), room, skip);
    mechanism_.write(sink);
    return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(sink.written())};
  }

  SaslMechanism& mechanism_;
  const RandomSource random_;
};

}  // namespace mailmote::test

#endif
