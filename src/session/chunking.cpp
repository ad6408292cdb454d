// BDAT (RFC 3030). Linked when an application names kChunking.
#include "mailmote/session.hpp"
#include "session/chunking_feature.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

struct ChunkingSteps {
  static bool may_chunk(const Session& session) {
    return session.link_.capabilities.has(Extension::chunking) && !session.link_.bdat_failed;
  }

  static bool takes_binary(const Session& session) {
    return may_chunk(session) && session.link_.capabilities.has(Extension::binary_mime);
  }

  static bool plan(Session& session) {
    if (!may_chunk(session)) return false;
    if (session.plan_.binary) session.plan_.eight_bit = false;  // there is one BODY=
    if (session.mail_.counted) {
      session.plan_.length_known = true;
      session.plan_.length = session.mail_.measured;
    }
    const bool exact = session.mail_.counted || (session.plan_.length_known && session.plan_.form != ContentForm::any);
    if (exact) choose(session);
    if (exact || !(session.plan_.rewindable || session.plan_.binary)) return false;
    if (session.plan_.rewindable) session.link_.out = Phase::measure;
    else session.refuse_message(Status::binary_mime_not_offered);
    session.stuffer_ = DotStuffer(false);
    return true;
  }

  // The free window serves as scratch; nothing that is written there is kept.
  static void measure(Session& session) {
    const std::size_t limit = (session.room() - 2) / 2;
    std::uint8_t* const to = session.tx_.data + session.output_.end;
    std::uint8_t* const from = to + (session.room() - limit);
    session.source_fresh_ = false;
    const ReadResult read = session.message_->content.read({from, limit});
    if (read.status == ReadStatus::error) return session.refuse_message(Status::source_failed);
    if (read.status == ReadStatus::would_block) return session.block_on_source();
    session.reply_deadline_.clear();
    std::size_t n = session.plan_.form == ContentForm::safe ? read.n : session.stuffer_.filter(to, from, read.n);
    if (read.status == ReadStatus::end) {
      Sink tail(nullptr, 0, 0);
      session.stuffer_.finish(tail);
      n += tail.total();
    }
    session.mail_.measured += static_cast<std::uint32_t>(n);
    if (!as_announced(session.plan_, read)) return session.refuse_message(Status::source_length);
    if (read.status == ReadStatus::end) measured(session);
  }

  static void write_body(Sink& sink) { sink.put(" BODY=BINARYMIME"); }

  static void write(Sink& sink, std::uint32_t length) {
    sink.put("BDAT ");
    sink.put_decimal(length);
    sink.put(" LAST");
  }

  static bool refused(const Reply& reply) { return reply.code == 500 || reply.code == 502 || reply.code == 503; }

 private:
  static bool as_announced(ContentPlan& plan, ReadResult read) {
    if (!plan.length_known) return true;
    const bool fits = read.n <= plan.length && (read.status != ReadStatus::end || read.n == plan.length);
    plan.length -= read.n;
    return fits;
  }

  static void measured(Session& session) {
    session.mail_.counted = true;
    session.plan_ = ContentPlan{};
    session.begin_content();
  }

  // In the group only where little is lost when every recipient is refused, where the connection surely lives, and where no
  // RSET comes before: one that the server refuses would leave the content to an earlier transaction.
  static void choose(Session& session) {
    session.mail_.bdat = true;
    session.mail_.grouped = session.plan_.length <= session.tx_.size && !session.abort_on_refusal() &&
                       !session.link_.mail_open &&
                       session.now_ - session.heard_ <= kFreshConnection;
  }
};

const ChunkingFeature kChunking = {ChunkingSteps::takes_binary, ChunkingSteps::plan,  ChunkingSteps::measure,
                                   ChunkingSteps::write_body,   ChunkingSteps::write, ChunkingSteps::refused};

}  // namespace mailmote
