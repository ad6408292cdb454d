#include "support/transcript_player.hpp"

#include "support/text.hpp"

namespace mailmote::test {
namespace {

/// The expected ends that only the plain run is held to.
bool is_measure(const std::string& key) { return key == "writes" || key == "elapsed"; }

std::string code_text(const RecipientResult& result, EnhancedCode enhanced) {
  std::string text;
  if (result.code != 0) text += " " + std::to_string(result.code);
  if (enhanced.status_class == 0) return text;
  return text + " " + std::to_string(enhanced.status_class) + "." + std::to_string(enhanced.subject) + "." +
         std::to_string(enhanced.detail);
}

Security security_named(const std::string& name) {
  static const std::map<std::string, Security> kNames = {{"auto", Security::automatic},
                                                         {"none", Security::none},
                                                         {"starttls", Security::starttls},
                                                         {"implicit", Security::implicit},
                                                         {"starttls if offered", Security::starttls_if_offered}};
  return kNames.at(name);
}

Notify notify_named(const std::string& names) {
  static const std::map<std::string, Notify> kNames = {{"default", Notify::server_default}, {"never", Notify::never},
                                                       {"success", Notify::success},        {"failure", Notify::failure},
                                                       {"delay", Notify::delay}};
  Notify set = Notify::server_default;
  for (const std::string& name : split(names, '+')) set = set | kNames.at(name);
  return set;
}

std::string text_of(Security security) {
  return security == Security::implicit ? "implicit" : security == Security::starttls ? "starttls" : "none";
}

std::string text_of(CredentialCheck check) {
  return check == CredentialCheck::valid ? "valid" : check == CredentialCheck::invalid ? "invalid" : "could not tell";
}

}  // namespace

TranscriptPlayer::TranscriptPlayer(const Transcript& transcript, const Performance& performance)
    : transcript_(transcript),
      performance_(performance),
      clock_{performance.begin},
      peer_(transcript.script),
      stream_(clock_, peer_),
      login_(login_settings()),
      helo_(transcript.setting("helo", "client.example")),
      sender_(transcript.setting("sender", "sensor@example.com")),
      addresses_(split(transcript.setting("recipients", "ops@example.com"), ',')),
      recipients_(addresses_.begin(), addresses_.end()),
      message_(sender_, Recipients(recipients_.data(), recipients_.size()), source_),
      rx_(performance.rx),
      tx_(performance.tx),
      client_(stream_, options_, {rx_.data(), rx_.size()}, {tx_.data(), tx_.size()}),
      driver_(client_, stream_, clock_) {
  peer_.slowness = performance.slowness;
  stream_.network = performance.network;
  set_options();
  set_source();
  set_reports();
  const bool slow_source = source_.slow || source_.fault == SourceFault::silent;
  const bool waits_for_token = transcript_.is("token", "late") || transcript_.is("token", "never");
  driver_.patient = [this, slow_source, waits_for_token] { return slow_source || waits_for_token || peer_.silent(); };
}

void TranscriptPlayer::set_options() {
  options_.host = host_;
  options_.security = security_named(transcript_.setting("security", "none"));
  options_.plan = &plan_;
  if (options_.security != Security::none) stream_.remote_address = {IpFamily::v4, {192, 0, 2, 25}};
  options_.allow_clear = transcript_.is("allow clear", "yes");
  if (transcript_.settings.count("auth") != 0) options_.auth = &login_.authenticator();
  options_.allow_cleartext_credentials = transcript_.is("cleartext credentials", "yes");
  options_.port = static_cast<std::uint16_t>(std::stoul(transcript_.setting("port", "0")));
  plan_.remember(static_cast<std::uint8_t>(security_named(transcript_.setting("remember", "auto"))));
  options_.helo = helo_;
  options_.pipelining = !transcript_.is("pipelining", "off");
  if (transcript_.is("chunking", "on")) options_.chunking = &kChunking;
  if (transcript_.is("refused", "abort")) options_.refused_recipient = RefusedRecipient::abort;
  if (transcript_.is("line ends", "refuse")) options_.line_ends = LineEnds::refuse;
  if (transcript_.is("timeouts", "device")) options_.timeouts = &kDeviceTimeouts;
  if (transcript_.is("peer", "remote")) stream_.remote_address = {IpFamily::v4, {192, 0, 2, 25}};
  const auto number = [&](const char* key) { return static_cast<Millis>(std::stoul(transcript_.setting(key, "4294967295"))); };
  options_.timeout = number("timeout");
  options_.greeting_timeout = number("greeting timeout");
}

LoginSettings TranscriptPlayer::login_settings() const {
  LoginSettings settings;
  const std::string allowed = transcript_.setting("auth", "");
  if (!allowed.empty()) settings.allowed = split(allowed, ' ');
  settings.user = unescaped(transcript_.setting("user", settings.user));
  settings.password = unescaped(transcript_.setting("password", settings.password));
  settings.authorization = unescaped(transcript_.setting("authorization", ""));
  settings.min_iterations = static_cast<std::uint32_t>(std::stoul(transcript_.setting("iterations", "4096")));
  const std::string token = transcript_.setting("token", "");
  const bool from_source = token == "fails" || token == "late" || token == "never";
  if (from_source) settings.token_source = token;
  else if (transcript_.settings.count("token") != 0) settings.token = unescaped(token);
  return settings;
}

void TranscriptPlayer::set_source() {
  const std::string kind = transcript_.setting("source", "");
  source_.octets = transcript_.content();
  source_.length_known = !transcript_.is("length", "unknown");
  source_.rewindable = !transcript_.is("rewindable", "no");
  source_.eight_bit = transcript_.is("8bit", "yes");
  source_.binary = transcript_.is("binary", "yes");
  source_.smtputf8 = transcript_.is("smtputf8", "yes");
  source_.form = transcript_.is("form", "safe")        ? ContentForm::safe
                 : transcript_.is("form", "canonical") ? ContentForm::canonical
                                                       : ContentForm::any;
  source_.slow = kind == "slow";
  source_.late_end = kind == "late end";
  source_.fault = kind == "fails"      ? SourceFault::fails
                  : kind == "stops"    ? SourceFault::stops
                  : kind == "overruns" ? SourceFault::overruns
                  : kind == "silent"   ? SourceFault::silent
                                       : SourceFault::none;
}

/// One `notify` is for all recipients; several, or original recipients, are one a recipient.
void TranscriptPlayer::set_reports() {
  const std::vector<std::string> sets = split(transcript_.setting("notify", "default"), ',');
  envelope_id_ = unescaped(transcript_.setting("envelope id", ""));
  original_recipients_ = split(transcript_.setting("original recipients", ""), ',');
  original_recipients_.resize(recipients_.size());
  const bool one_each = sets.size() > 1 || transcript_.settings.count("original recipients") != 0;
  for (std::size_t i = 0; one_each && i < recipients_.size(); ++i) {
    wishes_.push_back({notify_named(i < sets.size() ? sets[i] : "default"), original_recipients_[i]});
  }
  reports_.notify = notify_named(sets[0]);
  if (!wishes_.empty()) reports_.set_recipients(wishes_.data(), wishes_.size());
  reports_.envelope_id = envelope_id_;
  reports_.required = transcript_.is("reports required", "yes");
  if (transcript_.is("ret", "full")) reports_.ret = DsnReturn::full;
  if (transcript_.is("ret", "headers")) reports_.ret = DsnReturn::headers;
  message_.dsn = &reports_;
}

std::string TranscriptPlayer::play() {
  for (const std::string& operation : split(transcript_.setting("run", "send"), ',')) {
    const std::string problem = run(operation);
    if (!problem.empty()) return operation + ": " + problem;
  }
  std::string problem = driver_.run_to_idle();
  if (!problem.empty()) return "afterwards: " + problem;
  if (!performance_.to_the_end) return clean_run();
  if (!peer_.complaint().empty()) return peer_.complaint();
  if (!peer_.rest().empty()) return peer_.rest();
  if (!ends_.empty()) ends_.back()["connection"] = client_.connected() ? "open" : "closed";
  return compare();
}

Status TranscriptPlayer::start(const std::string& verb, After after) {
  if (verb == "send") return client_.start(message_, after);
  if (verb == "connect") return client_.connect();
  if (verb == "verify") return client_.validate_credentials();
  if (verb == "probe") return client_.get_capabilities();
  return verb == "noop" ? client_.noop() : client_.quit();
}

std::string TranscriptPlayer::run(const std::string& operation) {
  const std::vector<std::string> words = split(operation, ' ');
  if (words[0] == "idle") return driver_.run_to_idle();
  if (words[0] == "pause") {
    driver_.pause(static_cast<Millis>(std::stoul(words[1])));
    return {};
  }
  stream_.watch().begin_mail();
  const std::uint64_t begin = driver_.elapsed();
  const Status status = start(words[0], words.size() > 1 ? After::keep : After::quit);
  if (!performance_.to_the_end && status == Status::nothing_to_do) return {};
  if (status != Status::ok) return "start: " + std::string(name(status));
  std::string problem = driver_.run_to_done();
  if (problem.empty() && words[0] == "send") problem = judge(client_, message_, stream_.watch());
  ends_.push_back(facts());
  ends_.back()["elapsed"] = std::to_string(driver_.elapsed() - begin);
  ends_.back()["writes"] = std::to_string(stream_.writes());
  if (!problem.empty() && !peer_.complaint().empty() && performance_.to_the_end) problem += "; " + peer_.complaint();
  return problem;
}

TranscriptPlayer::Facts TranscriptPlayer::facts() const {
  const Error& error = client_.error();
  Facts facts;
  facts["outcome"] = name(client_.outcome());
  facts["status"] = name(error.status);
  facts["phase"] = name(error.phase);
  facts["advice"] = name(client_.advice());
  facts["code"] = std::to_string(error.smtp_code);
  facts["reply"] = std::string(client_.session().reply_text());
  facts["round trips"] = std::to_string(client_.session().round_trips());
  facts["connection"] = client_.connected() ? "open" : "closed";
  facts["security"] = text_of(client_.security());
  facts["port"] = std::to_string(stream_.port());
  facts["tries"] = tries();
  const SaslMechanism* const mechanism = login_.authenticator().used();
  facts["mechanism"] = mechanism == nullptr ? "none" : std::string(mechanism->name());
  facts["credentials"] = text_of(client_.credentials());
  facts["refusal"] = login_.refusal();
  facts["reports"] = reports_.asked() ? "asked" : "not asked";
  facts["starts"] = std::to_string(source_.starts());
  for (const Recipient& recipient : recipients_) {
    facts["recipient " + std::string(recipient.address)] =
        std::string(name(recipient.outcome())) + code_text(recipient.result, recipient.enhanced());
  }
  return facts;
}

/// What an Auto client tried: "implicit 465 connection_refused, starttls 587 ok".
std::string TranscriptPlayer::tries() const {
  std::string all;
  for (std::size_t i = 0; i < plan_.count(); ++i) {
    all += (i == 0 ? "" : ", ") + text_of(plan_[i].security) + " " + std::to_string(plan_[i].port) + " " +
           std::string(name(plan_[i].error.status));
  }
  return all;
}

std::string TranscriptPlayer::compare() const {
  for (const Expectation& expected : transcript_.ends) {
    if (is_measure(expected.key) && !performance_.count_writes) continue;
    const std::size_t mail = expected.mail == 0 ? ends_.size() : expected.mail;
    if (mail > ends_.size()) return "there is no mail " + std::to_string(mail);
    const auto found = ends_[mail - 1].find(expected.key);
    if (found == ends_[mail - 1].end()) return "unknown end: " + expected.key;
    if (found->second == unescaped(expected.value)) continue;
    return "mail " + std::to_string(mail) + ": " + expected.key + " is " + shown(found->second) + " and not " +
           shown(expected.value);
  }
  return {};
}

/// The same client must be able to send another mail, whatever happened.
std::string TranscriptPlayer::clean_run() {
  VirtualServer server;
  stream_.set_peer(server);
  stream_.network = Network{};
  if (stream_.is_open()) stream_.break_now(Ending::close);
  stream_.remote_address = {IpFamily::v4, {127, 0, 0, 1}};
  options_.security = Security::none;
  options_.auth = nullptr;
  driver_.patient = nullptr;
  TestSource source;
  source.octets = "Subject: again\r\n\r\n.again\r\n";
  Recipient recipient("again@example.com");
  Message message("sensor@example.com", recipient, source);
  stream_.watch().begin_mail();
  if (client_.start(message) != Status::ok) return "the clean run does not start";
  std::string problem = driver_.run_to_done();
  if (problem.empty()) problem = judge(client_, message, stream_.watch());
  if (problem.empty() && server.copies("again@example.com", source.octets) != 1) problem = "nothing is stored";
  if (problem.empty()) problem = server.complaint();
  if (problem.empty()) problem = driver_.run_to_idle();
  return problem.empty() ? problem : "clean run: " + problem;
}

}  // namespace mailmote::test
