#!/usr/bin/env python3
"""An application built with another MAILMOTE_REPLY_TEXT than the library does not link; with the same it does."""

import sys
import tempfile
from pathlib import Path

from proof import GCC, ROOT, build_core, finish, only_available, run

PROGRAMS = {
    "Client": """
int run(mailmote::Stream& stream, mailmote::Message& message) {
  static const mailmote::Options options;
  static mailmote::ClientBuffer<128, 64> windows;
  mailmote::Client client(stream, options, windows.rx(), windows.tx());
  return client.start(message) == mailmote::Status::ok && client.poll(1) == mailmote::Poll::wait ? 0 : 1;
}""",
    "Session": """
int run(mailmote::Stream&, mailmote::Message& message) {
  static const mailmote::Options options;
  static mailmote::ClientBuffer<128, 64> windows;
  mailmote::Session session(options, windows.rx(), windows.tx());
  const auto status = session.prepare(mailmote::Operation::send, &message, mailmote::After::quit);
  session.step(1);
  return status == mailmote::Status::ok ? 0 : 1;
}""",
}
MAIN = """
extern mailmote::Stream* stream;
extern mailmote::Message* message;
int main() { return run(*stream, *message); }
mailmote::Stream* stream = nullptr;
mailmote::Message* message = nullptr;
"""


def link(program, archive, directory, size):
    source = directory / "program.cpp"
    source.write_text(f'#include "mailmote/mailmote.hpp"\n{program}{MAIN}', encoding="utf-8")
    return run([GCC.command, "-std=c++17", "-O1", f"-DMAILMOTE_REPLY_TEXT={size}", f"-I{ROOT / 'include'}", source,
                archive, "-o", directory / "program"])


def main():
    only_available([GCC])
    problems = []
    with tempfile.TemporaryDirectory(prefix="mailmote-limits-") as name:
        directory = Path(name)
        archive = build_core(GCC, directory, ["-O1", "-DMAILMOTE_REPLY_TEXT=48"])[0]
        for what, program in PROGRAMS.items():
            same = link(program, archive, directory, 48)
            if same.returncode != 0:
                sys.exit(f"{what}: does not link with the same limit either:\n{same.stderr}")
            other = link(program, archive, directory, 64)
            if other.returncode == 0:
                problems.append(f"{what}: an application with MAILMOTE_REPLY_TEXT=64 links with a library with 48")
            elif "undefined reference" not in other.stderr:
                problems.append(f"{what}: fails for another reason than an undefined reference:\n{other.stderr}")
    finish(problems, f"{' and '.join(PROGRAMS)} with another limit than the library's do not link")


if __name__ == "__main__":
    main()
