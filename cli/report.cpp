#include "report.hpp"

#include <iostream>

#include "json.hpp"
#include "mechanisms.hpp"
#include "summary.hpp"

namespace mailmote::cli {
namespace {

std::string to_json(const RecipientReport& recipient) {
  JsonObject object;
  object.add("address", recipient.address);
  object.add("outcome", name(recipient.outcome));
  object.add_or_null("code", recipient.code);
  object.add_or_null("enhanced", to_text(recipient.enhanced));
  object.add_or_null("text", recipient.text);
  return object.text();
}

std::string to_json(const AutoSecurity::Try& tried) {
  JsonObject object;
  object.add("security", to_text(tried.security));
  object.add_number("port", tried.port);
  object.add("status", name(tried.error.status));
  return object.text();
}

// The stages that differ, and whether TLS was there.
std::string stages_to_json(const Report& report) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < report.stages.size(); ++i) {
    const bool in_tls = report.security == Security::implicit || i != 0;
    JsonObject object;
    object.add("security", in_tls ? to_text(report.security) : "none");
    object.add_value("capabilities", json_array(report.stages[i]));
    object.add_value("supported_authentication", json_array(offered_mechanisms(report.stages[i])));
    values.push_back(object.text());
  }
  return json_list(values);
}

const char* words(CredentialCheck check) {
  switch (check) {
    case CredentialCheck::valid: return "valid";
    case CredentialCheck::invalid: return "invalid";
    case CredentialCheck::could_not_tell: break;
  }
  return "could_not_tell";
}

template <class T>
std::string to_json(const std::vector<T>& list) {
  std::vector<std::string> values;
  for (const T& one : list) values.push_back(to_json(one));
  return json_list(values);
}

std::string to_json(const Report& report) {
  JsonObject object;
  object.add("outcome", name(report.outcome));
  object.add("advice", name(report.advice));
  object.add("status", report.status);
  object.add("phase", name(report.phase));
  object.add_or_null("smtp_code", report.smtp_code);
  object.add_or_null("enhanced", to_text(report.enhanced));
  object.add_or_null("reply", report.reply);
  object.add("message", report.message);
  object.add_or_null("message_id", report.message_id);
  object.add_or_null("date", report.date);
  object.add_value("recipients", to_json(report.recipients));
  object.add_value("capabilities", json_array(report.capability_lines));
  object.add_value("supported_authentication", json_array(offered_mechanisms(report.capability_lines)));
  object.add_value("stages", stages_to_json(report));
  object.add("security", to_text(report.security));
  object.add_value("tls", report.tls ? to_json(*report.tls) : "null");
  object.add_value("tries", to_json(report.tries));
  object.add_or_null("auth", report.auth);
  object.add_or_null("credentials", report.credentials ? words(*report.credentials) : "");
  object.add_number("round_trips", report.round_trips);
  object.add_number("bytes_sent", report.bytes_sent);
  object.add_number("bytes_received", report.bytes_received);
  object.add_number("elapsed_ms", report.elapsed_ms);
  return object.text();
}

}  // namespace

Report report_of(const Failure& failure) {
  Report report;
  report.exit_code = failure.exit_code();
  report.status = failure.status();
  report.message = failure.what();
  if (failure.exit_code() == ExitCode::io) report.advice = Advice::retry_later;
  return report;
}

Report report_of_bug(const std::string& what) {
  Report report;
  report.status = "internal_error";
  report.message = "a bug of mailmote's own: " + what;
  return report;
}

std::string to_text(const EnhancedCode& code) {
  if (code.status_class == 0) return {};
  return std::to_string(code.status_class) + "." + std::to_string(code.subject) + "." + std::to_string(code.detail);
}

std::string to_text(Security security) {
  switch (security) {
    case Security::none: return "none";
    case Security::implicit: return "implicit";
    case Security::starttls:
    case Security::starttls_if_offered: return "starttls";
    case Security::automatic: break;
  }
  return "auto";
}

void show(const Report& report, const Style& style) {
  if (style.json) std::cout << to_json(report) << std::endl;
  else summarize(report, style.quiet);
}

}  // namespace mailmote::cli
