// TLS: when it begins, what follows it, and which way Auto tries next. Linked with streams that have a TLS layer.
#include "client/securing.hpp"

#include "mailmote/client.hpp"
#include "mailmote/tls.hpp"

namespace mailmote {

struct SecuringSteps {
  static void begin(Client& client) {
    if (is_auto(client)) client.options().plan->begin(client.options());
  }

  static void choose(Client& client) {
    if (is_auto(client)) client.route_ = client.options().plan->route();
  }

  static bool before_greeting(Client& client) {
    Security& security = client.route_.security;
    if (security == Security::starttls_if_offered && !client.may_be_clear()) security = Security::starttls;
    return security == Security::implicit;
  }

  static void secure(Client& client, Millis now) {
    client.session_.securing();
    if (client.session_.wants_close()) return client.begin_close(now);
    client.link_ = Client::Link::securing;
    client.link_deadline_.set(now, client.bound(client.options().timeouts->tls));
    advance(client, client.stream_.start_tls(), now);
  }

  static void advance(Client& client, IoStatus status, Millis now) {
    if (status == IoStatus::ok) return secured(client, now);
    if (status != IoStatus::would_block) return client.on_lost(client.stream_.status());
    if (client.link_deadline_.expired(now)) client.on_lost(Status::tls_timeout);
  }

  static void failed(Client& client) {
    SecurityPlan* const plan = client.options().plan;
    const bool again = plan->failed(client.session_, *client.stream_.tls());
    if (again) client.link_ = Client::Link::due;
    else client.session_.give_up(plan->reason());
  }

 private:
  static bool is_auto(const Client& client) { return client.options().security == Security::automatic; }

  static void secured(Client& client, Millis now) {
    const bool implicit = client.route_.security == Security::implicit;
    client.security_ = implicit ? Security::implicit : Security::starttls;
    if (client.route_.trial) client.options().plan->worked();
    client.route_.trial = false;
    if (implicit) return client.greet(now);
    client.link_ = Client::Link::open;
    client.link_deadline_.clear();
    client.session_.secured(now);
  }
};

const SecuringFeature kSecuring = {SecuringSteps::begin,  SecuringSteps::choose,  SecuringSteps::before_greeting,
                                   SecuringSteps::secure, SecuringSteps::advance, SecuringSteps::failed};

}  // namespace mailmote
