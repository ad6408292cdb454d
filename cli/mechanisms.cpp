#include "mechanisms.hpp"

#include <strings.h>

#include <algorithm>
#include <cctype>

#include "failure.hpp"
#include "tls_layer.hpp"

namespace mailmote::cli {
namespace {

// A program may compute for longer in one go than a device.
constexpr std::uint32_t kIterationsPerPoll = 4096;

AuthSet all() {
  AuthSet set;
  for (const MechanismRow& row : kMechanisms) set.add(row.id);
  return set;
}

void add_named(const std::string& name, AuthSet& set) {
  const bool is_scram = strncasecmp(name.c_str(), "SCRAM", 5) == 0;
  for (const MechanismRow& row : kMechanisms) {
    if (strcasecmp(row.name, name.c_str()) != 0) continue;
    if (is_scram && !has_tls()) throw Failure::usage("this program was built without SCRAM");
    set.add(row.id);
    return;
  }
  throw Failure::usage("'" + name + "' is none of auto, " + to_text(all()));
}

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t n = std::min(text.find_first_of(" \t="), text.size());
    if (n != 0) words.push_back(upper_case(text.substr(0, n)));
    text.remove_prefix(std::min(n + 1, text.size()));
  }
  return words;
}

}  // namespace

AuthSet parse_mechanisms(std::string_view list) {
  AuthSet set;
  if (list == "auto") return set;
  for (;;) {
    const std::size_t n = std::min(list.find(','), list.size());
    add_named(std::string(list.substr(0, n)), set);
    if (n == list.size()) return set;
    list.remove_prefix(n + 1);
  }
}

std::string to_text(const AuthSet& set) {
  std::vector<std::string> names;
  for (const MechanismRow& row : kMechanisms) {
    if (set.has(row.id)) names.emplace_back(row.name);
  }
  return joined(names);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out.empty() ? "none" : out;
}

std::vector<std::string> offered_mechanisms(const std::vector<std::string>& lines) {
  std::vector<std::string> names;
  for (const std::string& line : lines) {
    const std::vector<std::string> words = words_of(line);
    if (words.empty() || words.front() != "AUTH") continue;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (std::find(names.begin(), names.end(), words[i]) == names.end()) names.push_back(words[i]);
    }
  }
  return names;
}

Mechanisms::Mechanisms(const AuthSet& allowed, const Credentials& credentials, const TokenSource& token)
    : oauthbearer_(credentials.user, token),
      xoauth2_(credentials.user, token),
      cram_md5_(credentials),
      plain_(credentials),
      login_(credentials),
      external_(credentials.authorization) {
  add_scram(scram_sha_256(), credentials, scram_sha_256_);
  add_scram(scram_sha_1(), credentials, scram_sha_1_);
  for (const MechanismRow& row : kMechanisms) {
    SaslMechanism* const mechanism = allowed.has(row.id) ? find(row.id) : nullptr;
    if (mechanism != nullptr) list_.push_back(mechanism);
  }
}

void Mechanisms::add_scram(const ScramHash* hash, const Credentials& credentials, std::optional<ScramMechanism>& into) {
  if (hash == nullptr) return;
  into.emplace(*hash, credentials);
  into->iterations_per_poll = kIterationsPerPoll;
}

SaslMechanism* Mechanisms::find(Mechanism id) {
  SaslMechanism* const all[] = {scram_sha_256_ ? &*scram_sha_256_ : nullptr, scram_sha_1_ ? &*scram_sha_1_ : nullptr,
                                &oauthbearer_, &xoauth2_, &cram_md5_, &plain_, &login_, &external_};
  for (SaslMechanism* const mechanism : all) {
    if (mechanism != nullptr && mechanism->id() == id) return mechanism;
  }
  return nullptr;
}

Text Mechanisms::token_refusal() const {
  return oauthbearer_.refusal().empty() ? xoauth2_.refusal() : oauthbearer_.refusal();
}

}  // namespace mailmote::cli
