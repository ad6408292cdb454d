// What every Stream promises, as tests. A port passes them by writing a link: the stream, the other end of its
// connection, and how the two wait for each other. See docs/porting.md.
//
//   class Link {
//    public:
//     std::string why_unavailable();        // why nothing can be tested here (no IPv6, say); empty: it can
//     Stream& stream();                     // closed
//     FarEnd& far();                        // the other end; the link plays it as far_end.hpp says
//     bool abort_is_noticed();              // whether the far end always learns of an abort
//     Millis now();
//     Endpoint listening();                 // where far() answers
//     Endpoint refusing();                  // where nothing listens
//     std::optional<Endpoint> silent();     // where a connection neither comes up nor fails
//     std::optional<Endpoint> without_route();
//     std::optional<Endpoint> without_address();  // a name
//     bool sleep(const Interest&);          // lets the world go on until the stream is ready for that; false: never
//     bool until(std::function<bool()>);    // lets the world go on until that is true; false: never
//   };
//   INSTANTIATE_TYPED_TEST_SUITE_P(Yours, StreamContract, Link, Numbered);
#ifndef MAILMOTE_TESTS_CONTRACT_STREAM_CONTRACT_HPP
#define MAILMOTE_TESTS_CONTRACT_STREAM_CONTRACT_HPP

#include "contract/stream_fixture.hpp"

namespace mailmote::contract {

TYPED_TEST_SUITE_P(StreamContract);

// Opening.

TYPED_TEST_P(StreamContract, OpensAndMovesOctetsBothWays) {
  this->connect();
  EXPECT_EQ(this->stream.status(), Status::ok);
  EXPECT_EQ(this->stream.native(), 0);
  this->expect_dialogue();
}

TYPED_TEST_P(StreamContract, ProgressOfAnOpenStreamStaysOk) {
  this->connect();
  EXPECT_EQ(this->stream.progress(this->link.now()), IoStatus::ok);
}

TYPED_TEST_P(StreamContract, NamesBothEndsWhileOpenOnly) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system does not name the ends";
  EXPECT_EQ(this->stream.local().address.family, IpFamily::none);
  EXPECT_EQ(this->stream.remote().address.family, IpFamily::none);
  this->connect();
  const IpEndpoint local = this->stream.local();
  const IpEndpoint remote = this->stream.remote();
  EXPECT_NE(local.address.family, IpFamily::none);
  EXPECT_NE(local.port, 0);
  EXPECT_EQ(remote.address.family, kThroughProxy<TypeParam> ? IpFamily::none : local.address.family);
  EXPECT_EQ(remote.port, kThroughProxy<TypeParam> ? 0 : this->link.listening().port);
  this->stream.abort();
  EXPECT_EQ(this->stream.local().address.family, IpFamily::none);
  EXPECT_EQ(this->stream.remote().address.family, IpFamily::none);
}

TYPED_TEST_P(StreamContract, SaysThatNothingListens) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system gives no reasons";
  EXPECT_EQ(this->open(this->link.refusing()), IoStatus::error);
  EXPECT_EQ(this->stream.status(),
            kThroughProxy<TypeParam> ? Status::proxy_connection_refused : Status::connection_refused);
  EXPECT_NE(this->stream.native(), 0);
}

TYPED_TEST_P(StreamContract, SaysThatThereIsNoRoute) {
  const auto endpoint = this->link.without_route();
  if (!endpoint) GTEST_SKIP() << "skipped: this link reaches everything";
  EXPECT_EQ(this->open(*endpoint), IoStatus::error);
  EXPECT_EQ(this->stream.status(), kThroughProxy<TypeParam> ? Status::proxy_host_unreachable : Status::unreachable);
}

TYPED_TEST_P(StreamContract, SaysThatANameHasNoAddress) {
  const auto endpoint = this->link.without_address();
  if (!endpoint) GTEST_SKIP() << "skipped: this link has no names";
  EXPECT_EQ(this->open(*endpoint), IoStatus::error);
  const Status status = this->stream.status();  // which of the two it is depends on whether a name server answers
  const bool is_proxys = kThroughProxy<TypeParam> && status == Status::proxy_host_unreachable;
  EXPECT_TRUE(is_proxys || status == Status::name_not_found || status == Status::name_lookup_failed) << static_cast<int>(status);
}

TYPED_TEST_P(StreamContract, StaysUnderWayWhileNobodyAnswers) {
  const auto endpoint = this->link.silent();
  if (!endpoint) GTEST_SKIP() << "skipped: this link has no silent address";
  EXPECT_EQ(this->stream.open(*endpoint), IoStatus::would_block);
  EXPECT_EQ(this->stream.progress(this->link.now()), IoStatus::would_block);
  EXPECT_TRUE(this->stream.wait().read || this->stream.wait().write);
}

TYPED_TEST_P(StreamContract, OpensAgainAfterFailure) {
  ASSERT_EQ(this->open(this->link.refusing()), IoStatus::error);
  this->connect();
  EXPECT_EQ(this->stream.status(), Status::ok);
  this->expect_dialogue();
}

TYPED_TEST_P(StreamContract, OpensAgainAfterAbortAndAfterClose) {
  for (int i = 0; i < 6; ++i) {
    this->forget();
    this->connect();
    this->expect_dialogue();
    if (i % 2 == 0) {
      this->stream.abort();
    } else {
      EXPECT_EQ(this->close(), IoStatus::ok);
    }
    this->expect_far_end_to_notice();
  }
}

// Reading.

TYPED_TEST_P(StreamContract, ReadsNothingBeforeSomethingArrives) {
  this->connect();
  std::string got;
  EXPECT_EQ(this->read_some(got).status, IoStatus::would_block);
  EXPECT_TRUE(this->stream.wait().read);
  EXPECT_FALSE(this->stream.wait().write) << "an idle connection is always writable: a loop that never sleeps";
  EXPECT_FALSE(this->stream.wait().again);
}

TYPED_TEST_P(StreamContract, WaitsForInputWhenNothingIsBlocked) {
  this->connect();
  EXPECT_TRUE(this->stream.wait().read);
  EXPECT_FALSE(this->stream.wait().write);
}

TYPED_TEST_P(StreamContract, ReadsOneOctetAtATime) {
  this->link.far().to_send = "220 ready\r\n";
  this->link.far().ending = Ending::finish;
  this->connect();
  IoStatus last;
  EXPECT_EQ(this->read_to_end(last, 1), "220 ready\r\n");
  EXPECT_EQ(last, IoStatus::closed);
}

TYPED_TEST_P(StreamContract, DeliversEverythingBeforeThePeersEnd) {
  const std::string octets = noise(100000);
  this->link.far().to_send = octets;
  this->link.far().ending = Ending::finish;
  this->connect();
  IoStatus last;
  EXPECT_TRUE(this->read_to_end(last) == octets);
  EXPECT_EQ(last, IoStatus::closed);
  std::string more;
  EXPECT_EQ(this->read_some(more).status, IoStatus::closed) << "the end stays the end";
  EXPECT_FALSE(this->stream.wait().read) << "the end is always readable: a loop that never sleeps";
}

TYPED_TEST_P(StreamContract, DeliversWhatArrivedBeforeAReset) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system gives no reasons";
  this->link.far().to_send = "552 too big\r\n";
  this->link.far().ending = Ending::reset;
  this->connect();
  ASSERT_TRUE(this->link.until([this] { return this->link.far().ended; }));
  IoStatus last;
  EXPECT_EQ(this->read_to_end(last), "552 too big\r\n");
  EXPECT_EQ(last, IoStatus::error);
  EXPECT_EQ(this->stream.status(), Status::connection_reset);
  EXPECT_NE(this->stream.native(), 0);
}

TYPED_TEST_P(StreamContract, DeliversWhatArrivedBeforeAResetThatAWriteNoticed) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system gives no reasons";
  this->connect();
  this->link.far().to_send = "552 too big\r\n";
  this->link.far().ending = Ending::reset;
  ASSERT_TRUE(this->link.until([this] { return this->link.far().ended; }));
  ASSERT_TRUE(this->link.sleep({true, false, false}));
  IoStatus written = IoStatus::ok;
  for (int i = 0; i < 1000 && written == IoStatus::ok; ++i) {
    written = this->stream.write(view("x")).status;
    this->pass();
  }
  EXPECT_TRUE(written == IoStatus::error || written == IoStatus::closed);
  IoStatus last;
  EXPECT_EQ(this->read_to_end(last), "552 too big\r\n");
  EXPECT_EQ(last, IoStatus::error);
  EXPECT_EQ(this->stream.status(), Status::connection_reset);
}

// Writing.

TYPED_TEST_P(StreamContract, BlocksAWriterThatNobodyReads) {
  const std::string& octets = plenty();
  this->link.far().reads = false;
  this->connect();
  const std::size_t taken = this->write_until_blocked(octets);
  EXPECT_GT(taken, 0U);
  EXPECT_TRUE(this->stream.wait().write);
  this->link.far().reads = true;
  IoResult result = IoStatus::would_block;
  while (result.status == IoStatus::would_block && this->sleep()) {
    result = this->stream.write(view(octets, taken, 1));  // in another length than before
  }
  ASSERT_EQ(result.status, IoStatus::ok);
  EXPECT_EQ(result.n, 1U);
  EXPECT_TRUE(this->link.until([&] { return this->link.far().received.size() == taken + 1; }));
  EXPECT_TRUE(octets.compare(0, taken + 1, this->link.far().received) == 0);
}

TYPED_TEST_P(StreamContract, ReadsWhileWritingIsBlocked) {
  this->link.far().reads = false;
  this->connect();
  this->write_until_blocked(plenty());
  EXPECT_TRUE(this->stream.wait().read) << "the peer may have to be read before it reads";
  this->link.far().to_send = "421 closing\r\n";
  EXPECT_EQ(this->read_exactly(13), "421 closing\r\n");
}

TYPED_TEST_P(StreamContract, WritesAfterThePeersEnd) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system ends both directions at once";
  this->link.far().ending = Ending::finish;
  this->connect();
  IoStatus last;
  EXPECT_EQ(this->read_to_end(last), "");
  EXPECT_EQ(last, IoStatus::closed);
  const std::string octets = noise(30000);
  this->write_all(octets);
  EXPECT_TRUE(this->link.until([&] { return this->link.far().received == octets; }));
}

TYPED_TEST_P(StreamContract, SaysThatThePeerTakesNoMore) {
  this->connect();
  this->link.far().ending = Ending::reset;
  ASSERT_TRUE(this->link.until([this] { return this->link.far().ended; }));
  IoStatus status = IoStatus::ok;
  while (status == IoStatus::ok || (status == IoStatus::would_block && this->sleep())) {
    status = this->stream.write(view("RSET\r\n")).status;
    this->pass();
  }
  EXPECT_TRUE(status == IoStatus::error || status == IoStatus::closed);
  status = this->stream.write(view("QUIT\r\n")).status;  // once more, for systems that raise a signal only then
  EXPECT_TRUE(status == IoStatus::error || status == IoStatus::closed);
}

TYPED_TEST_P(StreamContract, MovesAMegabyteBothWaysInPiecesOfAnySize) {
  const std::string out = noise(1 << 20, 2);
  const std::string in = noise(1 << 20, 3);
  this->link.far().to_send = in;
  this->connect();
  std::mt19937 random(4);
  std::string got;
  std::size_t sent = 0;
  while (got.size() < in.size() || sent < out.size()) {
    const IoResult was_read = this->read_some(got, 1 + random() % 5000);
    IoResult was_written = IoStatus::would_block;
    if (sent < out.size()) was_written = this->stream.write(view(out, sent, 1 + random() % 5000));
    if (was_written.status == IoStatus::ok) sent += was_written.n;
    ASSERT_TRUE(was_read.status == IoStatus::ok || was_read.status == IoStatus::would_block);
    ASSERT_TRUE(was_written.status == IoStatus::ok || was_written.status == IoStatus::would_block);
    const bool moved = was_read.status == IoStatus::ok || was_written.status == IoStatus::ok;
    ASSERT_TRUE(moved || this->sleep());
  }
  EXPECT_TRUE(got == in);
  EXPECT_TRUE(this->link.until([&] { return this->link.far().received.size() == out.size(); }));
  EXPECT_TRUE(this->link.far().received == out);
}

// Closing.

TYPED_TEST_P(StreamContract, ClosesAnAnsweredDialogue) {
  this->connect();
  this->expect_dialogue();
  EXPECT_EQ(this->close(), IoStatus::ok);
  EXPECT_TRUE(this->link.until([this] { return this->link.far().saw_end; }));
  EXPECT_FALSE(this->link.far().saw_reset);
}

TYPED_TEST_P(StreamContract, ClosesWithEverythingWrittenDelivered) {
  this->link.far().reads = false;
  this->connect();
  const std::string& octets = plenty();
  const std::size_t taken = this->write_until_blocked(octets);
  IoStatus status = this->stream.close();
  this->link.far().reads = true;
  while (status == IoStatus::would_block && this->sleep()) status = this->stream.close();
  EXPECT_EQ(status, IoStatus::ok);
  EXPECT_TRUE(this->link.until([this] { return this->link.far().saw_end; }));
  EXPECT_FALSE(this->link.far().saw_reset);
  EXPECT_TRUE(octets.compare(0, taken, this->link.far().received) == 0);
  EXPECT_EQ(this->link.far().received.size(), taken);
}

// A server that says all it has to say before it reads on.
TYPED_TEST_P(StreamContract, ClosesWithEverythingDeliveredThoughThePeerGoesOnTalking) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system ends both directions at once";
  this->link.far().reads = false;
  this->link.far().to_send = noise(100000);
  this->connect();
  const std::string& octets = plenty();
  const std::size_t taken = this->write_until_blocked(octets);
  IoStatus status = this->stream.close();
  ASSERT_TRUE(this->link.until([&] {
    if (status == IoStatus::would_block) status = this->stream.close();
    return this->link.far().to_send.empty();
  }));
  this->link.far().reads = true;
  while (status == IoStatus::would_block && this->sleep()) status = this->stream.close();
  EXPECT_EQ(status, IoStatus::ok);
  EXPECT_TRUE(this->link.until([this] { return this->link.far().saw_end || this->link.far().saw_reset; }));
  EXPECT_EQ(this->link.far().received.size(), taken);
  EXPECT_TRUE(octets.compare(0, taken, this->link.far().received) == 0);
}

TYPED_TEST_P(StreamContract, ClosesWithEverythingDeliveredThoughThePeerAnsweredEarly) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system ends both directions at once";
  this->link.far().reads = false;
  this->connect();
  const std::string& octets = plenty();
  const std::size_t taken = this->write_until_blocked(octets);
  this->link.far().to_send = "early\r\n";
  ASSERT_TRUE(this->link.sleep({true, false, false}));
  std::string early;
  EXPECT_EQ(this->read_some(early).status, IoStatus::ok);
  IoStatus status = this->stream.close();
  this->link.far().to_send = "late\r\n";
  ASSERT_TRUE(this->link.until([this] { return this->link.far().to_send.empty(); }));
  this->pass();
  this->link.far().reads = true;
  while (status == IoStatus::would_block && this->sleep()) status = this->stream.close();
  EXPECT_EQ(status, IoStatus::ok);
  EXPECT_TRUE(this->link.until([this] { return this->link.far().saw_end || this->link.far().saw_reset; }));
  EXPECT_EQ(this->link.far().received.size(), taken);
  EXPECT_TRUE(octets.compare(0, taken, this->link.far().received) == 0);
}

TYPED_TEST_P(StreamContract, ClosesAfterThePeersEnd) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system ends both directions at once";
  this->link.far().ending = Ending::finish;
  this->connect();
  IoStatus last;
  this->read_to_end(last);
  const std::string octets = noise(30000);
  this->write_all(octets);
  EXPECT_EQ(this->close(), IoStatus::ok);
  EXPECT_TRUE(this->link.until([this] { return this->link.far().saw_end; }));
  EXPECT_TRUE(this->link.far().received == octets);
}

TYPED_TEST_P(StreamContract, CloseOfABrokenConnectionSaysSo) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system gives no reasons";
  this->connect();
  this->link.far().ending = Ending::reset;
  IoStatus last;
  this->read_to_end(last);
  ASSERT_EQ(last, IoStatus::error);
  EXPECT_EQ(this->close(), IoStatus::error);
  this->forget();
  this->connect();
  this->expect_dialogue();
}

// Aborting.

TYPED_TEST_P(StreamContract, AbortsWhileOpening) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system connects by a call that blocks";
  const auto endpoint = this->link.silent();
  ASSERT_EQ(this->stream.open(endpoint ? *endpoint : this->link.listening()), IoStatus::would_block);
  this->stream.abort();
  this->forget();
  this->connect();
  this->expect_dialogue();
}

TYPED_TEST_P(StreamContract, AbortsWithOctetsUnderWayBothWays) {
  this->link.far().reads = false;
  this->link.far().to_send = noise(50000);
  this->connect();
  this->write_until_blocked(plenty());
  ASSERT_EQ(this->read_exactly(100).size(), 100U);
  this->stream.abort();
  this->link.far().reads = true;
  this->expect_far_end_to_notice();
  this->forget();
  this->connect();
  this->expect_dialogue();
}

TYPED_TEST_P(StreamContract, AbortsWhileClosing) {
  if (kBareSystem<TypeParam>) GTEST_SKIP() << "skipped: this system ends both directions at once";
  this->link.far().reads = false;
  this->connect();
  this->write_until_blocked(plenty());
  EXPECT_EQ(this->stream.close(), IoStatus::would_block);
  this->stream.abort();
  this->link.far().reads = true;
  this->expect_far_end_to_notice();
  this->forget();
  this->connect();
  this->expect_dialogue();
}

TYPED_TEST_P(StreamContract, AbortsWhenThereIsNothingToAbort) {
  this->stream.abort();
  this->stream.abort();
  this->connect();
  EXPECT_EQ(this->close(), IoStatus::ok);
  this->stream.abort();
  EXPECT_FALSE(this->stream.wait().again);
}

REGISTER_TYPED_TEST_SUITE_P(
    StreamContract, OpensAndMovesOctetsBothWays, ProgressOfAnOpenStreamStaysOk, NamesBothEndsWhileOpenOnly,
    SaysThatNothingListens, SaysThatThereIsNoRoute, SaysThatANameHasNoAddress, StaysUnderWayWhileNobodyAnswers,
    OpensAgainAfterFailure, OpensAgainAfterAbortAndAfterClose, ReadsNothingBeforeSomethingArrives,
    WaitsForInputWhenNothingIsBlocked, ReadsOneOctetAtATime, DeliversEverythingBeforeThePeersEnd,
    DeliversWhatArrivedBeforeAReset, DeliversWhatArrivedBeforeAResetThatAWriteNoticed, BlocksAWriterThatNobodyReads,
    ReadsWhileWritingIsBlocked, WritesAfterThePeersEnd, SaysThatThePeerTakesNoMore,
    MovesAMegabyteBothWaysInPiecesOfAnySize, ClosesAnAnsweredDialogue, ClosesWithEverythingWrittenDelivered,
    ClosesWithEverythingDeliveredThoughThePeerGoesOnTalking,
    ClosesWithEverythingDeliveredThoughThePeerAnsweredEarly, ClosesAfterThePeersEnd, CloseOfABrokenConnectionSaysSo,
    AbortsWhileOpening, AbortsWithOctetsUnderWayBothWays, AbortsWhileClosing, AbortsWhenThereIsNothingToAbort);

}  // namespace mailmote::contract

#endif
