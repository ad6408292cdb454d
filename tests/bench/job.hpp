// What a sender of the benchmarks is asked to do; all of them take the same arguments, in this order:
//   PORT none|starttls|implicit CA-FILE LOGIN RECIPIENTS MAILS keep|quit
// LOGIN is USER:PASSWORD, or "-" for none. With "keep" all mails go on one connection, else each has its own, and with
// TLS those behind the first resume its session where the sender can do that.
#ifndef MAILMOTE_BENCH_JOB_HPP
#define MAILMOTE_BENCH_JOB_HPP

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

struct Job {
  std::uint16_t port = 0;
  std::string security, ca_file, user, password;
  std::vector<std::string> recipients;
  int mails = 0;
  bool keep = false;

  bool is_last(int mail) const { return mail + 1 == mails; }
};

constexpr char kHost[] = "127.0.0.1";
constexpr char kHelo[] = "client.example.com";
constexpr char kSender[] = "pump@example.com";
constexpr char kMail[] =
    "From: <pump@example.com>\r\nTo: <ops@example.com>\r\nSubject: Alarm\r\n\r\n"
    "The pump in the cellar has stopped.\r\n";

inline Job job_of(int argc, char** argv) {
  if (argc != 8) {
    std::fprintf(stderr, "%s PORT none|starttls|implicit CA-FILE LOGIN RECIPIENTS MAILS keep|quit\n", argv[0]);
    std::exit(64);
  }
  Job job;
  job.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  job.security = argv[2];
  job.ca_file = argv[3];
  const std::string login = argv[4];
  const std::size_t colon = login.find(':');
  if (colon != std::string::npos) {
    job.user = login.substr(0, colon);
    job.password = login.substr(colon + 1);
  }
  for (int i = 0; i < std::atoi(argv[5]); ++i) job.recipients.push_back("user" + std::to_string(i) + "@example.com");
  job.mails = std::atoi(argv[6]);
  job.keep = std::string(argv[7]) == "keep";
  return job;
}

#endif
