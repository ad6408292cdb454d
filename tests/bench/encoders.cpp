// How fast octets are encoded, beside Mbed TLS, OpenSSL and GLib where those are installed: base64 in lines of 76 where
// the library writes lines, quoted-printable, and a whole mail with an attachment. Every result is compared with ours.
// The cipher that TLS uses most stands beside them.
//   encoders [MEGABYTES]
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "mailmote/mime.hpp"
#include "mailmote/text_message.hpp"

#ifdef HAS_MBEDTLS
#include <mbedtls/base64.h>
#include <mbedtls/gcm.h>
#endif
#ifdef HAS_OPENSSL
#include <openssl/evp.h>
#endif
#ifdef HAS_GLIB
#include <glib.h>
#endif

namespace {

using namespace mailmote;

constexpr int kRuns = 100;
constexpr std::size_t kBlock = 12312;  // octets at a time: 216 lines

/// The best of many short runs, in GB of input for each second of the processor's time: what else the machine does
/// matters less.
template <class Encode>
double throughput(std::size_t size, const Encode& encode) {
  double best = 0;
  for (int run = 0; run < kRuns; ++run) {
    const std::clock_t start = std::clock();
    encode();
    const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    if (taken > 0) best = std::max(best, static_cast<double>(size) / taken / 1e9);
  }
  return best;
}

void report(const char* what, const char* who, double rate) { std::printf("%-24s %-24s %6.2f GB/s\n", what, who, rate); }

// By one call for each block of the input; `encode(in, size, out)` returns the end of what it wrote.
template <class Encode>
std::string in_blocks(const std::string& octets, const Encode& encode, double& rate) {
  std::vector<char> out(4 * kBlock);
  std::string all;
  const auto whole = [&](bool keep) {
    for (std::size_t at = 0; at < octets.size(); at += kBlock) {
      const std::size_t n = std::min(kBlock, octets.size() - at);
      const char* const end = encode(reinterpret_cast<const std::uint8_t*>(octets.data()) + at, n, out.data());
      if (keep) all.append(static_cast<const char*>(out.data()), end);
    }
  };
  whole(true);
  rate = throughput(octets.size(), [&] { whole(false); });
  return all;
}

std::string without_line_ends(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != '\r' && c != '\n') out += c;
  }
  return out;
}

void check(const char* who, const std::string& found, const std::string& expected) {
  if (without_line_ends(found) == expected) return;
  std::fprintf(stderr, "%s encodes otherwise\n", who);
  std::exit(1);
}

void bench_base64(const std::string& octets) {
  double rate = 0;
  const auto ours = [](const std::uint8_t* in, std::size_t n, char* out) {
    detail::TransferEncoder encoder(TransferEncoding::base64, false);
    auto* const at = reinterpret_cast<std::uint8_t*>(out);
    const std::size_t written = encoder.encode(in, in + n, at, 2 * kBlock);
    return static_cast<const char*>(out + written + encoder.finish(at + written));
  };
  const std::string expected = without_line_ends(in_blocks(octets, ours, rate));
  report("base64, lines of 76", "mailmote", rate);
#ifdef HAS_OPENSSL
  const auto openssl_lines = [](const std::uint8_t* in, std::size_t n, char* out) {
    EVP_ENCODE_CTX* const context = EVP_ENCODE_CTX_new();
    int first = 0, last = 0;
    EVP_EncodeInit(context);
    EVP_EncodeUpdate(context, reinterpret_cast<unsigned char*>(out), &first, in, static_cast<int>(n));
    EVP_EncodeFinal(context, reinterpret_cast<unsigned char*>(out) + first, &last);
    EVP_ENCODE_CTX_free(context);
    return static_cast<const char*>(out + first + last);
  };
  check("OpenSSL", in_blocks(octets, openssl_lines, rate), expected);
  report("base64, lines of 64", "OpenSSL EVP_EncodeUpdate", rate);
  const auto openssl_block = [](const std::uint8_t* in, std::size_t n, char* out) {
    return static_cast<const char*>(out + EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out), in, static_cast<int>(n)));
  };
  check("OpenSSL", in_blocks(octets, openssl_block, rate), expected);
  report("base64, one line", "OpenSSL EVP_EncodeBlock", rate);
#endif
#ifdef HAS_GLIB
  const auto glib = [](const std::uint8_t* in, std::size_t n, char* out) {
    gint state = 0, save = 0;
    const gsize written = g_base64_encode_step(in, n, TRUE, out, &state, &save);
    return static_cast<const char*>(out + written + g_base64_encode_close(TRUE, out + written, &state, &save));
  };
  check("GLib", in_blocks(octets, glib, rate), expected);
  report("base64, lines of 72", "GLib", rate);
#endif
#ifdef HAS_MBEDTLS
  const auto mbedtls = [](const std::uint8_t* in, std::size_t n, char* out) {
    std::size_t written = 0;
    if (mbedtls_base64_encode(reinterpret_cast<unsigned char*>(out), 2 * kBlock, &written, in, n) != 0) std::abort();
    return static_cast<const char*>(out + written);
  };
  check("Mbed TLS", in_blocks(octets, mbedtls, rate), expected);
  report("base64, one line", "Mbed TLS (constant time)", rate);
#endif
}

void bench_quoted_printable(const char* what, const std::string& text) {
  double rate = 0;
  in_blocks(text, [](const std::uint8_t* in, std::size_t n, char* out) {
    detail::TransferEncoder encoder(TransferEncoding::quoted_printable, true);
    auto* const at = reinterpret_cast<std::uint8_t*>(out);
    const std::size_t written = encoder.encode(in, in + n, at, 4 * kBlock);
    return static_cast<const char*>(out + written);
  }, rate);
  report(what, "mailmote", rate);
}

// What TLS adds to each octet, and can hardly be changed from here.
void bench_cipher([[maybe_unused]] const std::string& octets) {
#ifdef HAS_MBEDTLS
  constexpr std::size_t kRecord = 16384;
  const unsigned char key[32] = {}, nonce[12] = {};
  unsigned char out[kRecord], tag[16];
  for (const unsigned bits : {128U, 256U}) {
    mbedtls_gcm_context context;
    mbedtls_gcm_init(&context);
    if (mbedtls_gcm_setkey(&context, MBEDTLS_CIPHER_ID_AES, key, bits) != 0) std::abort();
    const double rate = throughput(octets.size() / kRecord * kRecord, [&] {
      for (std::size_t at = 0; at + kRecord <= octets.size(); at += kRecord) {
        const auto* const in = reinterpret_cast<const unsigned char*>(octets.data()) + at;
        if (mbedtls_gcm_crypt_and_tag(&context, MBEDTLS_GCM_ENCRYPT, kRecord, nonce, sizeof nonce, nullptr, 0, in, out,
                                      sizeof tag, tag) != 0) std::abort();
      }
    });
    mbedtls_gcm_free(&context);
    const std::string what = "AES-" + std::to_string(bits) + "-GCM";
    report(what.c_str(), "Mbed TLS", rate);
  }
#endif
}

void bench_message(const std::string& octets, std::size_t window) {
  MemorySource file{std::string_view(octets)}, words("See the file.\n");
  TextPart text(words);
  Attachment attachment("file.bin", "application/octet-stream", file);
  Recipient to("ops@example.com");
  MimeMessage mail("sensor@example.com", to, "A file");
  mail.text = &text;
  mail.attachments = attachment;
  std::vector<std::uint8_t> room(window);
  const double rate = throughput(octets.size(), [&] {
    ContentPlan plan;
    if (mail.content.start(Offer(), plan) != Status::ok) std::abort();
    ReadStatus status = ReadStatus::ok;
    while (status != ReadStatus::end) {
      status = mail.content.read({room.data(), window}).status;
      if (status == ReadStatus::error) std::abort();
    }
  });
  const std::string what = "mail, window of " + std::to_string(window);
  report(what.c_str(), "mailmote", rate);
}

}  // namespace

int main(int argc, char** argv) {
  const auto megabytes = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 4);
  std::string octets, english, german;
  octets.reserve(megabytes * 1000000 / kBlock * kBlock);
  std::uint32_t random = 1;
  while (octets.size() < octets.capacity() / kBlock * kBlock) {
    random = random * 1664525 + 1013904223;
    octets += static_cast<char>(random >> 24);
  }
  while (english.size() < 2000000) english += "All the tanks are full and all of the pumps are running today.\n";
  while (german.size() < 2000000) german += "F\xc3\xbcllstand h\xc3\xb6her als \xc3\xbc" "blich, Pumpe l\xc3\xa4uft.\n";
  std::printf("%.0f MB, the best of %d runs\n", static_cast<double>(octets.size()) / 1e6, kRuns);
  bench_base64(octets);
  bench_quoted_printable("quoted-printable, ASCII", english);
  bench_quoted_printable("quoted-printable, UTF-8", german);
  bench_cipher(octets);
  for (const std::size_t window : {512U, 4096U, 16384U, 65536U}) bench_message(octets, window);
}
