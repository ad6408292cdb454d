#include "mailmote/mime.hpp"

#include <cstring>

#include "mailmote/sink.hpp"

namespace mailmote {
namespace {

constexpr std::ptrdiff_t kWork = 80;       // bounds the pieces of a read, about 25 instructions a unit
constexpr std::size_t kSmallestRead = 16;  // of a source, and what an encoder needs
constexpr std::size_t kEnd = 8;
constexpr int kReads = 4;                  // of a source that delivers crumbs, and steps of its start

}  // namespace

ReadResult MimeMessage::do_read(MutableBytes into) {
  if (!header_done()) {
    const std::size_t n = read_header(recipients, into);
    return {n != 0 ? ReadStatus::ok : ReadStatus::would_block, n};
  }
  if (place_.step == Step::body && !started_) {
    const ReadStatus status = start_source();
    if (status != ReadStatus::ok) return status;
  }
  if (place_.step == Step::body) {
    const ReadResult read = read_body(into);
    if (read.status != ReadStatus::ok || read.n != 0) return read;
  }
  const std::size_t n = read_pieces(into);
  return {place_.step == Step::end ? ReadStatus::end : ReadStatus::ok, n};
}

// Piece after piece is composed, each as often as it takes windows; a bounded number of them, up to a body.
std::size_t MimeMessage::read_pieces(const MutableBytes& into) {
  std::size_t n = 0;
  for (std::ptrdiff_t work = kWork; work > 0 && n != into.size;) {
    if (place_.step == Step::body || place_.step == Step::end) break;
    Sink sink(into.data + n, into.size - n, skip_);
    Place next = place_;
    work -= put_piece(sink, next);
    n += sink.written();
    skip_ += sink.written();
    if (!sink.complete()) break;
    place_ = next;
    skip_ = 0;
  }
  return n;
}

// Octets, or none where the body was empty. Crumbs that do not make an octet yet are collected.
ReadResult MimeMessage::read_body(const MutableBytes& into) {
  for (int reads = 0; reads < kReads; ++reads) {
    const ReadResult read = encode_some(into);
    if (read.status != ReadStatus::ok || read.n != 0 || place_.step != Step::body) return read;
  }
  return ReadStatus::would_block;
}

ReadStatus MimeMessage::start_source() {
  const detail::PartPlan& plan = part().plan_;
  const Offer offer = offer_to_part(WallClock());
  if (!source_.unfinished) source_ = ContentPlan{};
  for (int steps = 0; plan.rewindable && (steps == 0 || source_.unfinished); ++steps) {
    if (steps == kReads) return ReadStatus::would_block;
    if (part().content.start_step(offer, source_) != Status::ok) return ReadStatus::error;
  }
  begin_pass(plan.encoding);
  count_ = plan.source_length;
  held_size_ = 0;
  source_ended_ = false;
  started_ = true;
  return ReadStatus::ok;
}

// A source reads into the far part of a large window, whence its octets are encoded forward; else into the message, where
// they wait for room.
ReadResult MimeMessage::encode_some(const MutableBytes& into) {
  const std::size_t most = source_ended_ ? 0 : encoder_.most_input(into.size);
  const bool far = most > kHeld + kSmallestRead;
  std::uint8_t* const stage = far ? into.data + (into.size - most) : held_;
  if (far) std::memcpy(stage, held_, held_size_);
  std::size_t size = held_size_;
  const std::size_t room = (far ? most : kHeld) - size;
  if (!source_ended_ && room >= kSmallestRead) {
    const ReadResult read = fill({stage + size, room});
    if (read.status == ReadStatus::error || (read.status == ReadStatus::would_block && size == 0)) return read;
    size += read.n;
  }
  const std::uint8_t* in = stage;
  std::size_t n = encoder_.encode(in, stage + size, into.data, into.size);
  held_size_ = static_cast<std::uint8_t>(stage + size - in);
  std::memmove(held_, in, held_size_);
  if (source_ended_ && held_size_ == 0 && into.size - n >= kEnd) n += end_body(into.data + n);
  return {ReadStatus::ok, n};
}

// The next octets of the source, which has to keep to what it said of them.
ReadResult MimeMessage::fill(const MutableBytes& into) {
  const detail::PartPlan& plan = part().plan_;
  const ReadResult read = part().content.read(into);
  if (read.status == ReadStatus::error || read.status == ReadStatus::would_block) return read;
  source_ended_ = read.status == ReadStatus::end;
  if (plan.bounded && (read.n > count_ || (source_ended_ && read.n != count_))) return ReadStatus::error;
  count_ -= read.n;
  return fits(plan.encoding, {into.data, read.n}) ? read : ReadResult(ReadStatus::error);
}

bool MimeMessage::fits(TransferEncoding encoding, ByteView octets) {
  if (encoding == TransferEncoding::quoted_printable || encoding == TransferEncoding::base64) return true;
  scan_.scan(octets.data, octets.size, &delimiter_);
  if (encoding == TransferEncoding::binary) return !scan_.holds_delimiter();
  return !scan_.unfit() && (encoding == TransferEncoding::eight_bit || scan_.eight_bit() == 0);
}

std::size_t MimeMessage::end_body(std::uint8_t* out) {
  const std::size_t n = encoder_.finish(out);
  part().plan_.line_ended = encoder_.at_line_start();
  place_.step = Step::close;
  started_ = false;
  return n;
}

}  // namespace mailmote
