// Random sessions: everything varies by a seed, and the same rules hold after each. MAILMOTE_SIM_TRACE shows the dialogue.
#include <gtest/gtest.h>

#include "support/chance.hpp"
#include "support/text.hpp"
#include "support/trace.hpp"
#include "support/world.hpp"

namespace mailmote::test {
namespace {

constexpr RandomSuite kSuite = {"RandomTest", 100000, 8};

/// Replies that a server should not give, but some do.
constexpr const char* kOdd[] = {
    "250 ok\r\n",        "354 go on\r\n",      "421 closing\r\n",   "450 not now\r\n",        "452 too many\r\n",
    "500 what\r\n",      "502 what\r\n",       "503 order\r\n",     "550 no\r\n",             "552 too much\r\n",
    "554 never\r\n",     "250-a\r\n250 b\r\n", "250-a\r\n350 b\r\n", "550-a\r\n550-b\r\n550 c\r\n", "ok\r\n",
    "250\r\n",           "550\r\n",            "2\r\n",             "\r\n",                   "650 x\r\n",
    "250 \x80\xff\x01\r\n",
};
constexpr const char* kExtensions[] = {
    "PIPELINING", "PIPELINING", "PIPELINING",       "CHUNKING",         "CHUNKING",           "SIZE",      "SIZE 900",
    "8BITMIME",   "SMTPUTF8",   "LIMITS RCPTMAX=2", "LIMITS MAILMAX=1", "LIMITS RCPTDOMAINMAX=1", "ENHANCEDSTATUSCODES", "HELP",
};

class Session {
 public:
  // In braces, and one thing after the other everywhere below: a seed means the same with every compiler.
  explicit Session(unsigned long seed)
      : random_{static_cast<std::mt19937::result_type>(seed)}, world_{windows(), any()} {
    set_network();
    set_server();
    set_options();
  }

  /// Plays a few operations. Returns what went wrong; empty: nothing.
  std::string play() {
    std::string problem;
    for (unsigned number = 1 + pick(3); number != 0 && problem.empty(); --number) problem = operation(number);
    return problem.empty() ? world_.clean_run() : problem;
  }

 private:
  Millis any() { return static_cast<Millis>(random_()); }
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }
  bool one_in(unsigned n) { return pick(n) == 0; }

  Windows windows() {
    constexpr std::size_t kTx[] = {64, 65, 80, 128, 300, 512, 4096};
    constexpr std::size_t kRx[] = {128, 129, 200, 512, 4096};
    const std::size_t tx = kTx[pick(7)];
    return {tx, kRx[pick(5)]};
  }

  void set_network() {
    Network& network = world_.stream.network;
    if (!one_in(4)) network.random = &random_;
    if (one_in(3)) network.to_peer = 1 + pick(100);
    if (one_in(3)) network.from_peer = 1 + pick(100);
    if (one_in(3)) network.latency = pick(2000);
    if (one_in(8)) network.connect_delay = pick(20000);
    if (one_in(4)) network.cut_after = pick(700);
    network.cut = one_in(2) ? Ending::close : Ending::reset;
    network.cut_at_once = one_in(2);
    if (one_in(4)) network.fault_call = pick(60);
    network.fault = static_cast<Fault>(1 + pick(7));
  }

  void set_server() {
    world_.server.extensions.clear();
    for (unsigned n = pick(6); n != 0; --n) {
      world_.server.extensions.emplace_back(kExtensions[pick(sizeof kExtensions / sizeof *kExtensions)]);
    }
    world_.server.down = one_in(40);
    const unsigned rarity = one_in(3) ? 1000000 : 6 + pick(40);
    world_.server.hook = [this, rarity](const std::string&, Answer& answer) { disturb(answer, rarity); };
  }

  void disturb(Answer& answer, unsigned rarity) {
    if (one_in(rarity)) answer.reply = kOdd[pick(sizeof kOdd / sizeof *kOdd)];
    if (one_in(rarity)) answer.delay = pick(40000);
    if (one_in(rarity * 4)) answer.ending = one_in(2) ? Ending::close : Ending::reset;
    if (one_in(rarity * 4)) answer.reply.clear();
    if (answer.reply.empty()) silent_ = true;
    if (answer.reply.rfind("421", 0) == 0 && one_in(2)) answer.ending = Ending::close;
  }

  void set_options() {
    world_.options.pipelining = !one_in(4);
    if (one_in(2)) world_.options.chunking = &kChunking;
    if (one_in(4)) world_.options.refused_recipient = RefusedRecipient::abort;
    if (one_in(10)) world_.options.line_ends = LineEnds::refuse;
    if (one_in(20)) world_.options.timeout = 1 + pick(60000);
    if (trace_wanted()) world_.options.observer = &trace_;
    world_.driver.patient = [this] { return silent_; };
  }

  std::string body() {
    constexpr char kOctets[] = "\r\n\r\n..aaab\xc3";
    std::string text;
    for (unsigned n = one_in(6) ? pick(4000) : pick(200); n != 0; --n) text += kOctets[pick(sizeof kOctets - 1)];
    return one_in(2) ? canonical(text) : text;
  }

  void set_source(TestSource& source) {
    const bool clean = canonical(source.octets) == source.octets;
    if (clean && one_in(2)) source.form = ContentForm::canonical;
    source.length_known = !one_in(3);
    source.rewindable = !one_in(4);
    source.late_end = one_in(4);
    source.slow = one_in(8);
    if (one_in(4)) source.crumb = 1 + pick(20);
    if (one_in(30) && source.length_known) source.fault = static_cast<SourceFault>(1 + pick(4));
    silent_ = silent_ || source.slow || source.fault == SourceFault::silent;
  }

  std::string operation(unsigned number) {
    if (one_in(5)) world_.driver.pause(pick(20000));
    const std::size_t recipients = one_in(20) ? 100 + pick(30) : 1 + pick(5);
    Mail mail(number, recipients, body());
    set_source(mail.source);
    if (one_in(12)) return cancel(mail);
    const std::string problem = world_.send(mail, one_in(2) ? After::keep : After::quit);
    if (!problem.empty() || !one_in(3)) return problem;
    return world_.driver.run_to_idle();
  }

  std::string cancel(Mail& mail) {
    world_.stream.watch().begin_mail();
    if (world_.client.start(mail.message) != Status::ok) return "start";
    Poll said = Poll::again;
    for (unsigned polls = pick(40); polls != 0 && said != Poll::done; --polls) {
      said = world_.client.poll(world_.clock.now);
      world_.stream.exchange();
    }
    if (said == Poll::done) return world_.judge_all(mail);
    world_.client.cancel();
    if (world_.client.error().status == Status::ok) return "cancelled without an error";
    return world_.judge_all(mail);
  }

  std::mt19937 random_;
  Trace trace_;
  World world_;
  bool silent_ = false;
};

class RandomTest : public testing::TestWithParam<unsigned long> {};

TEST_P(RandomTest, Sessions) {
  EXPECT_EQ(play_shard(kSuite, GetParam(), [](unsigned long seed) { return Session(seed).play(); }), "");
}

INSTANTIATE_TEST_SUITE_P(All, RandomTest, testing::Range(0UL, kSuite.shards));

}  // namespace
}  // namespace mailmote::test
