#!/usr/bin/env python3
"""Programs in C, examples/c, are linked by the C compiler alone, and hold nothing that they do not name.

send.c is linked for this machine: the library needs no C++ run-time library. For a Cortex-M4 minimal.c and everything that
board.c names but TLS are linked too: neither takes the heap, and the minimal one has no mechanism, proxy, MIME or Auto.
"""

import re
import tempfile
from pathlib import Path

from proof import CLANG, CORTEX_M4, GCC, ROOT, WARNINGS, build_core, finish, must_run, only_available, run

C = ROOT / "examples" / "c"
C_COMPILERS = {"g++": "gcc", "clang++": "clang", "arm-none-eabi-g++": "arm-none-eabi-gcc"}
NAMES_OF_FEATURES = re.compile(r"Mechanism|Authenticator|[mM]d5|Scram|Proxy|Socks|MimeMessage|TextMessage|AutoSecurity|"
                               r"kChunking|ChunkingSteps|SecuringSteps|describe|Dsn|BccFilter|base64")
HEAP = re.compile(r"_?(malloc|free|calloc|realloc)(_r)?|_sbrk(_r)?|_Zn[wa]\w*|_Zd[la]\w*|__cxa_\w+")
BOARD = """
#include "board.h"
static mailmote_io_t io(void) { return MAILMOTE_IO_ERROR; }
static mailmote_io_t board_open(void *c, const char *h, uint16_t p) { (void)c; (void)h; (void)p; return io(); }
static mailmote_io_t board_progress(void *c, uint32_t now) { (void)c; (void)now; return io(); }
static mailmote_io_t board_read(void *c, uint8_t *i, size_t s, size_t *n) { (void)c; (void)i; (void)s; (void)n; return io(); }
static mailmote_io_t board_write(void *c, const uint8_t *f, size_t s, size_t *n) {
  (void)c; (void)f; (void)s; (void)n; return io();
}
static mailmote_io_t board_close(void *c) { (void)c; return io(); }
static void board_abort(void *c) { (void)c; }
static mailmote_interest_t waits(void *c) { const mailmote_interest_t none = {true, false, false, 0}; (void)c; return none; }
static void end(void *c, mailmote_ip_endpoint_t *e) { (void)c; (void)e; }
static mailmote_status_t why(void *c) { (void)c; return MAILMOTE_UNREACHABLE; }
static int32_t number(void *c) { (void)c; return 0; }
const mailmote_stream_ops_t board_tcp_ops = {board_open, board_progress, board_read, board_write, board_close, board_abort,
                                             waits, end, end, why, number};
void board_begin(void);
volatile uint32_t board_clock;
uint32_t board_ms(void) { return board_clock; }
int main(void) {
  bool again;
  board_begin();
  const mailmote_status_t status = mail_start("a@example.com", "b@example.com", "x", "y");
  while (!mail_poll()) {}
  return (int)status + (int)mail_outcome(&again);
}
void _exit(int status) { (void)status; for (;;) {} }
"""
# All that board.c names, but for TLS itself, which is Mbed TLS's: a stream in place of it.
NAMES_ALL = """
#include "board.h"
const char *const board_proxy = "192.0.2.9";
const uint8_t board_ca[] = "";
const size_t board_ca_size = 0;
const mailmote_random_t board_random = {0, 0};
uint32_t board_unix_time(void *c) { (void)c; return 0; }
void board_wait(mailmote_wait_t wait) { (void)wait; }
uint8_t board_sensor(uint32_t i) { return (uint8_t)i; }
mailmote_stream_t *mailmote_mbedtls_stream_init(void *memory, mailmote_stream_t *inner, const void *options);
mailmote_stream_t *mailmote_mbedtls_stream_init(void *memory, mailmote_stream_t *inner, const void *options) {
  (void)memory; (void)options; return inner;
}
const void *mailmote_mbedtls_sha256(void);
const void *mailmote_mbedtls_sha256(void) { return 0; }
void board_begin(void);
void board_begin(void) {
  const mailmote_credentials_t credentials = {"sensor", "secret", 0};
  mail_init("mail.example.com", &credentials);
}
"""


def host(compiler, level, directory):
    """send.c with the C compiler of this machine."""
    archive = build_core(compiler, directory, [level])[0]
    command = [C_COMPILERS[compiler.command], "-std=c99", level, *WARNINGS, f"-I{ROOT / 'include'}", C / "send.c",
               C / "tcp_stream.c", archive, "-o", directory / "program"]
    result = run(command)
    if result.returncode != 0:
        yield f"{compiler.name} {level}:\n{result.stderr}"


def board(name, archive, directory, more=""):
    """A program for the board: its octets of text and rodata from the library, and the symbols in it."""
    (directory / "board_main.c").write_text(BOARD, encoding="utf-8")
    (directory / "more.c").write_text(more or "void board_begin(void);\nvoid board_begin(void) {}\n", encoding="utf-8")
    program = directory / name
    ports = [f"-I{port}" for port in sorted((ROOT / "port").glob("*/include"))]
    must_run(["arm-none-eabi-gcc", *CORTEX_M4.flags, "-std=c99", "-Os", "-ffunction-sections", "-fdata-sections", *WARNINGS,
              f"-I{ROOT / 'include'}", f"-I{C}", *ports, C / f"{name}.c", directory / "board_main.c", directory / "more.c",
              archive, "-Wl,--gc-sections", *CORTEX_M4.link_flags, "-o", program])
    symbols = {line.split()[-1] for line in must_run(["arm-none-eabi-nm", "-C", program]).splitlines()}
    symbols |= {line.split()[-1] for line in must_run(["arm-none-eabi-nm", program]).splitlines()}
    lines = must_run(["arm-none-eabi-nm", "-S", program]).splitlines()
    size = sum(int(words[1], 16) for words in map(str.split, lines)
               if len(words) == 4 and words[2] in "tTrRvVwW" and re.search("mailmote", words[3]))
    return size, symbols


def for_the_board(directory, sizes):
    archive = build_core(CORTEX_M4, directory / "core", ["-Os"])[0]
    sizes["minimal"], minimal = board("minimal", archive, directory)
    if any(NAMES_OF_FEATURES.search(symbol) for symbol in minimal):
        yield f"minimal.c holds {sorted(filter(NAMES_OF_FEATURES.search, minimal))}"
    sizes["board"], full = board("board", archive, directory, NAMES_ALL)
    for symbols in (minimal, full):
        heap = sorted(filter(HEAP.fullmatch, symbols))
        if heap:
            yield f"a program for the board takes the heap: {heap}"
    for feature in ("Authenticator", "ScramMechanism", "Socks5Proxy", "MimeMessage", "AutoSecurity"):
        if not any(feature in symbol for symbol in full):
            yield f"board.c should hold {feature}"


def main():
    problems = []
    sizes = {}
    compilers = only_available([GCC, CLANG, CORTEX_M4])
    for compiler in compilers:
        with tempfile.TemporaryDirectory(prefix="mailmote-c-link-") as directory:
            if compiler is CORTEX_M4:
                problems += for_the_board(Path(directory), sizes)
                continue
            for level in ("-O0", "-Os"):
                problems += host(compiler, level, Path(directory) / level)
    figures = ", ".join(f"{name}.c {size} octets of mailmote" for name, size in sizes.items())
    finish(problems, f"programs in C link without a C++ library: {', '.join(c.name for c in compilers)}; {figures}")


if __name__ == "__main__":
    main()
