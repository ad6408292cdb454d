// What known replies to a login mean for a person. To extend it, add a row: the first one that fits is taken.
#include "mailmote/auth.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

struct Row {
  std::uint16_t code;    // of the reply
  std::uint16_t detail;  // of an enhanced code x.7.detail; kAny: whatever it is
  const char* text;      // in the reply, in any case; only its first octets may be known, see MAILMOTE_REPLY_TEXT
  const char* advice;
};

constexpr std::uint16_t kAny = 0xffff;

constexpr Row kRows[] = {
    // Gmail.
    {534, 9, "", "the account wants an app password or OAuth, not its own password: make an app password"},
    {534, 14, "",
     "the provider wants a login in its web browser first: log in there, then use an app password or OAuth"},
    {534, kAny, "app", "the account wants an app password or OAuth, not its own password: make an app password"},
    {534, kAny, "web",
     "the provider wants a login in its web browser first: log in there, then use an app password or OAuth"},
    {535, 8, "Username and Password not", "Gmail refuses the password: it needs an app password or OAuth"},
    {535, 9, "", "the account wants an app password or OAuth, not its own password: make an app password"},
    // Outlook and Exchange.
    {535, 139, "SmtpClientA",
     "SMTP AUTH is switched off for this mailbox or organization: its administrator can allow it"},
    {535, 139, "basic auth", "passwords are switched off here: use OAuth"},
    {535, 139, "", "Outlook refuses the login by its policy: use OAuth, or ask the administrator to allow SMTP AUTH"},
    {535, 3, "", "Exchange refuses user or password: check them, and whether SMTP AUTH is allowed for this mailbox"},
    {530, 57, "", "Outlook wants a login before it takes mail: give credentials"},
    {550, 60, "", "the account may not send in the name of this sender: use its own address, or have it allowed"},
    // Others.
    {535, kAny, "app-spec", "the account wants an app password, not its own password: make one at the provider"},
    {535, kAny, "app pass", "the account wants an app password, not its own password: make one at the provider"},
    {535, kAny, "too many",
     "the provider has blocked the login after too many attempts: wait, then check user and password"},
    {454, kAny, "throttl",
     "the provider takes no more mail at this rate or today: send less often, or raise the quota"},
    {454, kAny, "too many", "the provider blocks logins after too many of them: wait, and keep connections for longer"},
    {421, kAny, "too many", "the provider has too many connections from here: wait, and use fewer at once"},
    {421, kAny, "rate", "the provider limits how often mail may be sent: wait, and send less often"},
    {432, kAny, "concurrent", "the provider takes fewer connections at once: wait, and use fewer"},
    {550, kAny, "quota", "the account has sent as much as it may today: wait until tomorrow"},
    {550, kAny, "limit exceeded", "the account has sent as much as it may today: wait until tomorrow"},
    // What the codes mean by RFC 4954 and RFC 5248.
    {432, kAny, "", "the server wants another kind of login once, to take over the password: use PLAIN in TLS"},
    {454, kAny, "", "the server cannot check logins now: try later"},
    {500, kAny, "long", "the server takes no login of this length: use a shorter token or another mechanism"},
    {504, kAny, "", "the server does not know the login mechanism that it offers: allow another one"},
    {523, kAny, "", "the server takes no password without TLS: use STARTTLS or implicit TLS"},
    {530, kAny, "STARTTLS", "the server wants TLS before a login: use STARTTLS or implicit TLS"},
    {530, kAny, "", "the server wants a login before it takes mail: give credentials"},
    {534, kAny, "",
     "the login mechanism is too weak for the server: allow a stronger one, or use an app password or OAuth"},
    {535, kAny, "", "the server refuses user or password: check both, and whether the account needs an app password"},
    {538, kAny, "", "the login mechanism needs TLS: use STARTTLS or implicit TLS"},
};

bool starts_with(const char* text, const char* end, const char* word) {
  for (; *word != '\0'; ++word, ++text) {
    if (text == end || upper(*text) != upper(*word)) return false;
  }
  return true;
}

bool contains(const Text& text, const char* word) {
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end; ++at) {
    if (starts_with(at, end, word)) return true;
  }
  return *word == '\0';
}

bool is_about(const Row& row, const Error& error, Text reply) {
  const bool fits = row.detail == kAny || (error.enhanced.subject == 7 && error.enhanced.detail == row.detail);
  return row.code == error.smtp_code && fits && contains(reply, row.text);
}

}  // namespace

Text auth_advice(const Error& error, Text reply) {
  for (const Row& row : kRows) {
    if (is_about(row, error, reply)) return row.advice;
  }
  return {};
}

}  // namespace mailmote
