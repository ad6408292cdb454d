// Prints a dialogue, for a person who looks into a failure.
#ifndef MAILMOTE_TESTS_SUPPORT_TRACE_HPP
#define MAILMOTE_TESTS_SUPPORT_TRACE_HPP

#include <cstdio>
#include <string>

#include "mailmote/observer.hpp"
#include "support/text.hpp"

namespace mailmote::test {

class Trace final : public Observer {
 public:
  void on_line(Phase phase, ByteView line, bool cut) override {
    print("S", phase, line);
    if (cut) std::fputs("   (cut)\n", stderr);
  }
  void on_sent(Phase phase, ByteView octets, Sent) override { print("C", phase, octets); }
  void on_recipient(std::size_t index, const Reply& reply) override {
    std::fprintf(stderr, "   recipient %zu: %u\n", index, static_cast<unsigned>(reply.code));
  }

 private:
  static void print(const char* who, Phase phase, ByteView octets) {
    const std::string text = shown({reinterpret_cast<const char*>(octets.data), octets.size});
    std::fprintf(stderr, "%s [%s] %s\n", who, std::string(name(phase)).c_str(), text.c_str());
  }
};

}  // namespace mailmote::test

#endif
