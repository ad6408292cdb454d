#include "support/virtual_login.hpp"

#include <algorithm>
#include <vector>

#include "auth/md5.hpp"
#include "support/test_hash.hpp"
#include "support/text.hpp"
#include "wire/base64.hpp"

namespace mailmote::test {
namespace {

const std::string kYes = "235 welcome\r\n";
const std::string kNo = "535 no\r\n";
const std::string kChallenge = "<1896.697170952@virtual.example>";
const std::string kSalt = "0123456789abcdef";

std::string verdict(bool good) { return good ? kYes : kNo; }

std::string hmac_sha256(std::string key, const std::string& text) {
  if (key.size() > 64) key = sha256(key);
  key.resize(64, '\0');
  std::string inner = key, outer = key;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
  return sha256(outer + sha256(inner + text));
}

std::string both(std::string a, const std::string& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<char>(a[i] ^ b[i]);
  return a;
}

std::string salted_password(const std::string& password, unsigned iterations) {
  std::string last = hmac_sha256(password, kSalt + std::string("\0\0\0\1", 4));
  std::string sum = last;
  for (unsigned i = 1; i < iterations; ++i) {
    last = hmac_sha256(password, last);
    sum = both(sum, last);
  }
  return sum;
}

ByteView octets_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string cram_md5_digest(const std::string& password) {
  std::uint8_t digest[Md5::kDigest];
  hmac_md5(octets_of(password), octets_of(kChallenge), digest);
  std::string hexadecimal;
  for (const unsigned octet : digest) {
    hexadecimal += "0123456789abcdef"[octet >> 4U];
    hexadecimal += "0123456789abcdef"[octet & 15U];
  }
  return hexadecimal;
}

}  // namespace

std::string to_base64(std::string_view octets) {
  std::string text;
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    char group[4];
    base64_group(octets.data() + at, std::min<std::size_t>(3, octets.size() - at), group);
    text.append(group, sizeof group);
  }
  return text;
}

std::string from_base64(std::string_view text) {
  std::string octets;
  unsigned bits = 0, count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::size_t value = std::string_view(kBase64Alphabet).find(c);
    if (value == std::string_view::npos) return "not base64";
    bits = bits << 6U | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    octets += static_cast<char>(bits >> count & 0xffU);
  }
  return octets;
}

std::string VirtualLogin::challenge(Step next, const std::string& octets) {
  next_ = next;
  return "334 " + to_base64(octets) + "\r\n";
}

std::string VirtualLogin::begin(const std::string& line) {
  struct Row {
    const char* name;
    Step step;
    const char* challenge;  ///< where the client gives no initial response
  };
  static const Row kRows[] = {{"PLAIN", &VirtualLogin::on_plain, ""},
                              {"LOGIN", &VirtualLogin::on_login_user, "Username:"},
                              {"CRAM-MD5", &VirtualLogin::on_cram_md5, kChallenge.c_str()},
                              {"EXTERNAL", &VirtualLogin::on_external, ""},
                              {"XOAUTH2", &VirtualLogin::on_token, ""},
                              {"OAUTHBEARER", &VirtualLogin::on_token, ""},
                              {"SCRAM-SHA-256", &VirtualLogin::on_scram_first, ""}};
  const std::vector<std::string> words = split(line, ' ');
  next_ = nullptr;
  for (const Row& row : kRows) {
    if (words[1] != row.name || words[1] == refused_mechanism) continue;
    next_ = row.step;
    return words.size() == 2 ? challenge(row.step, row.challenge) : go_on(words[2] == "=" ? "" : words[2]);
  }
  return "504 not this one\r\n";
}

std::string VirtualLogin::go_on(const std::string& line) {
  if (line == "*") return "501 cancelled\r\n";
  return next_ != nullptr ? (this->*next_)(from_base64(line)) : kNo;
}

std::string VirtualLogin::on_plain(const std::string& response) {
  return verdict(response == std::string(1, '\0') + user + '\0' + password);
}

std::string VirtualLogin::on_login_user(const std::string& response) {
  given_user_ = response;
  return challenge(&VirtualLogin::on_login_password, "Password:");
}

std::string VirtualLogin::on_login_password(const std::string& response) {
  return verdict(given_user_ == user && response == password);
}

std::string VirtualLogin::on_cram_md5(const std::string& response) {
  return verdict(response == user + " " + cram_md5_digest(password));
}

std::string VirtualLogin::on_external(const std::string& response) { return verdict(response.empty()); }

std::string VirtualLogin::on_token(const std::string& response) {
  const bool good = response.find(user) != std::string::npos &&
                    response.find("auth=Bearer " + token + "\1\1") != std::string::npos;
  return good ? kYes : challenge(&VirtualLogin::on_refusal_read, "{\"status\":\"401\"}");
}

std::string VirtualLogin::on_refusal_read(const std::string&) { return kNo; }

std::string VirtualLogin::on_scram_first(const std::string& response) {
  if (!starts_with(response, "n,,n=" + user + ",r=")) return kNo;
  client_first_ = response.substr(3);
  const std::string nonce = client_first_.substr(client_first_.find(",r=") + 3);
  server_first_ = "r=" + nonce + "more,s=" + to_base64(kSalt) + ",i=" + std::to_string(iterations);
  return challenge(&VirtualLogin::on_scram_final, server_first_);
}

std::string VirtualLogin::on_scram_final(const std::string& response) {
  const std::size_t proof = response.find(",p=");
  if (proof == std::string::npos) return kNo;
  const std::string message = client_first_ + "," + server_first_ + "," + response.substr(0, proof);
  const std::string salted = salted_password(password, iterations);
  const std::string client_key = hmac_sha256(salted, "Client Key");
  const std::string expected = both(client_key, hmac_sha256(sha256(client_key), message));
  if (knows_password && from_base64(response.substr(proof + 3)) != expected) return kNo;
  const std::string server_key = hmac_sha256(knows_password ? salted : "guessed", "Server Key");
  return challenge(&VirtualLogin::on_scram_end, "v=" + to_base64(hmac_sha256(server_key, message)));
}

std::string VirtualLogin::on_scram_end(const std::string& response) { return verdict(response.empty()); }

}  // namespace mailmote::test
