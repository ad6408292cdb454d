#include "report.hpp"

#include <iostream>

#include "json.hpp"
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

std::string to_json(const Report& report) {
  std::vector<std::string> recipients;
  for (const RecipientReport& recipient : report.recipients) recipients.push_back(to_json(recipient));
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
  object.add_value("recipients", json_list(recipients));
  object.add_value("capabilities", json_array(report.capability_lines));
  object.add("security", "none");
  object.add_null("auth");
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

void show(const Report& report, const Style& style) {
  if (style.json) std::cout << to_json(report) << std::endl;
  else summarize(report, style.quiet);
}

}  // namespace mailmote::cli
