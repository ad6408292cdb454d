// Which server takes the mail of a domain's users: what the domain says in the DNS (RFC 6186, RFC 8314 section 5.1).
#ifndef MAILMOTE_POSIX_DISCOVERY_HPP
#define MAILMOTE_POSIX_DISCOVERY_HPP

#include "mailmote/options.hpp"
#include "mailmote/posix/detail/question.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "mailmote/stream.hpp"

struct pollfd;

namespace mailmote::posix {

/// A server that the domain names. For Options: host, port, security.
struct SubmissionServer {
  char host[254] = {};  ///< ended by NUL
  std::uint16_t port = 0;
  Security security = Security::implicit;  ///< implicit or starttls
  bool outside = false;                    ///< the host is not within the domain: see Discovery
};

/// Asks for SRV records: `_submissions._tcp` (implicit TLS), and where the domain has none, `_submission._tcp` (STARTTLS).
/// start(), then progress() until it does not say would_block. Linked when named. About 2.4 KB; the heap is used while it
/// asks.
///
/// Whom to believe. The answer is not signed, so that whoever forges it can send a client anywhere; only the certificate
/// helps. A host within the domain ("mail.example.org" for "example.org") must have a certificate with its own name, as in
/// every connection: a forger has none. A host outside of it (`outside`) has one, whoever it is, and so proves nothing. RFC
/// 6186 section 6 asks for a person's consent: show the host, and use it when it was confirmed or written into the
/// configuration.
class Discovery {
 public:
  static constexpr unsigned kMostServers = 8;  ///< of a domain; more are ignored
  static constexpr unsigned kMaxDescriptors = 16;

  /// Of the options only `name_servers`; they must stay. `timeout` is for all of it.
  constexpr explicit Discovery(const TcpOptions* options = nullptr, Millis timeout = 15000)
      : options_(options), timeout_(timeout) {}

  /// Begins to ask for the domain of `address`, a mail address or the domain itself. ok; or invalid_host: it is none that the
  /// DNS could hold.
  Status start(Text address);

  /// ok: there are servers. would_block: wait as wait() and descriptors() say. error: see status().
  IoStatus progress(Millis now);

  /// As for a Stream.
  Interest wait() const;
  unsigned descriptors(pollfd* into) const;
  unsigned generation() const;

  void cancel() { question_.reset(); }

  /// name_not_found: the domain names none. name_lookup_failed: the name server did not answer in time, or with an error.
  Status status() const { return status_; }
  std::int32_t native() const { return native_; }  ///< as TcpStream's

  /// The domain says that there is no such service (a target of "."), which is more than not to name one.
  bool declined() const { return declined_; }

  /// In the order in which they are to be tried: by priority, and at random by weight (RFC 2782).
  unsigned count() const { return count_; }
  const SubmissionServer& operator[](unsigned place) const { return servers_[place]; }

  Text domain() const { return {domain_}; }

 private:
  struct Rank {
    std::uint16_t priority;
    std::uint16_t weight;
  };

  static void add(void* self, const detail::Service& service);
  void ask(Security security);
  IoStatus fail(Status status, std::int32_t native);
  void sort();
  unsigned pick(unsigned first) const;

  const TcpOptions* options_;
  Millis timeout_;
  Millis now_ = 0;
  Deadline deadline_;
  detail::QuestionPointer question_;
  Security security_ = Security::implicit;  // that is asked for
  Status status_ = Status::ok;
  std::int32_t native_ = 0;
  bool fresh_ = false;
  bool declined_ = false;
  unsigned count_ = 0;
  unsigned generation_ = 0;
  SubmissionServer servers_[kMostServers];
  Rank ranks_[kMostServers] = {};
  char domain_[254] = {};
};

/// Waits for the end of what start() began.
Status run(Discovery& discovery);

}  // namespace mailmote::posix

#endif
