#include "support/script_peer.hpp"

#include "support/text.hpp"

namespace mailmote::test {

const Step* ScriptPeer::step() const {
  if (connections_ == 0 || at_ >= script_[connections_ - 1].size()) return nullptr;
  return &script_[connections_ - 1][at_];
}

void ScriptPeer::next() {
  ++at_;
  heard_.clear();
}

bool ScriptPeer::connect() {
  if (const Step* left = step(); left != nullptr && left->kind == StepKind::client) {
    complain("it connected again instead of saying " + shown(left->octets));
  }
  if (connections_ == script_.size()) return false;
  ++connections_;
  at_ = 0;
  heard_.clear();
  delay_ = 0;
  connected_ = true;
  silent_ = false;
  if (step() == nullptr || step()->kind != StepKind::refuse) return true;
  next();
  return connected_ = false;
}

std::optional<Handshake> ScriptPeer::handshake() {
  const Step* now = step();
  if (now == nullptr || now->kind == StepKind::client) {
    complain("it began TLS when it had to " + (now == nullptr ? std::string("wait") : "say " + shown(now->octets)));
  }
  if (now == nullptr || now->kind != StepKind::tls) return std::nullopt;
  const Handshake handshake = now->handshake;
  next();
  return handshake;
}

void ScriptPeer::disconnect() { connected_ = false; }

/// Whether the client may talk now whatever it says: the steps that wait are the server's, and behind them is `any`.
bool ScriptPeer::lenient() const {
  for (std::size_t i = at_; i < script_[connections_ - 1].size(); ++i) {
    const StepKind kind = script_[connections_ - 1][i].kind;
    if (kind == StepKind::any) return true;
    if (kind == StepKind::client) return false;
  }
  return silent_;
}

void ScriptPeer::receive(std::string_view octets, bool unread) {
  for (const char octet : octets) {
    if (!lenient()) expect(octet, unread);
  }
}

void ScriptPeer::expect(char octet, bool unread) {
  const Step* now = step();
  if (now == nullptr || now->kind != StepKind::client) {
    complain("it said '" + shown({&octet, 1}) + "' when it had to wait" +
             (now == nullptr ? std::string(" (the script is at its end)") : " for " + shown(now->octets)));
    return;
  }
  heard_ += octet;
  if (now->octets.compare(0, heard_.size(), heard_) != 0) {
    complain("it said " + shown(heard_) + " and not " + shown(now->octets));
  }
  if (unread) complain("it said " + shown(heard_) + " before it had read the reply");
  if (heard_.size() == now->octets.size()) next();
}

std::optional<Speech> ScriptPeer::speak() {
  if (!connected_) return std::nullopt;
  if (!complaint().empty()) {
    connected_ = false;
    return Speech{{}, 0, Ending::close};
  }
  for (const Step* now = step(); now != nullptr; now = step()) {
    Speech speech;
    switch (now->kind) {
      case StepKind::client:
      case StepKind::tls:
      case StepKind::refuse:
      case StepKind::any: return std::nullopt;
      case StepKind::silence:
        silent_ = true;
        return std::nullopt;
      case StepKind::wait:
        delay_ += now->delay;
        next();
        continue;
      case StepKind::server: speech.octets = now->octets; break;
      case StepKind::close: speech.ending = Ending::close; break;
      case StepKind::reset: speech.ending = Ending::reset; break;
    }
    speech.delay = delay_ + slowness;
    delay_ = 0;
    next();
    return speech;
  }
  return std::nullopt;
}

std::string ScriptPeer::rest() const {
  if (connections_ < script_.size()) return "there was no connection number " + std::to_string(connections_ + 1);
  const Step* left = step();
  if (left == nullptr || left->kind == StepKind::any || left->kind == StepKind::silence) return {};
  if (left->kind == StepKind::tls) return "the client did not begin TLS";
  return (left->kind == StepKind::client ? "the client did not say " : "the server could not say ") +
         shown(left->octets);
}

}  // namespace mailmote::test
