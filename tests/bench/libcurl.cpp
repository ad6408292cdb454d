// libcurl among the senders that tools/bench --peers compares: one handle, used again and again. See job.hpp.
#include <curl/curl.h>

#include <algorithm>
#include <cstring>

#include "job.hpp"

namespace {

std::size_t deliver(char* into, std::size_t size, std::size_t count, void* context) {
  auto& at = *static_cast<std::size_t*>(context);
  const std::size_t n = std::min(sizeof kMail - 1 - at, size * count);
  std::memcpy(into, kMail + at, n);
  at += n;
  return n;
}

void set_up(CURL* easy, const Job& job, std::size_t& at) {
  const char* const scheme = job.security == "implicit" ? "smtps" : "smtp";
  const std::string url = scheme + std::string("://") + kHost + ":" + std::to_string(job.port) + "/" + kHelo;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(job.security == "none" ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(easy, CURLOPT_CAINFO, job.ca_file.c_str());
  if (!job.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, job.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, job.password.c_str());
    curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
  }
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, kSender);
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, deliver);
  curl_easy_setopt(easy, CURLOPT_READDATA, &at);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, job.keep ? 0L : 1L);
}

}  // namespace

int main(int argc, char** argv) {
  const Job job = job_of(argc, argv);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURL* const easy = curl_easy_init();
  std::size_t at = 0;
  set_up(easy, job, at);
  curl_slist* to = nullptr;
  for (const std::string& recipient : job.recipients) to = curl_slist_append(to, recipient.c_str());
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to);
  for (int mail = 0; mail < job.mails; ++mail) {
    at = 0;
    const CURLcode result = curl_easy_perform(easy);
    if (result != CURLE_OK) return std::fprintf(stderr, "%s\n", curl_easy_strerror(result)), 69;
  }
  curl_easy_cleanup(easy);
  curl_slist_free_all(to);
}
