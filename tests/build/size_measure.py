"""Builds the programs of examples/size for a device and measures what the linker took from the library."""

import collections
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import linker_map
import proof
import stack
from proof import ROOT

SOURCES = ROOT / "examples" / "size"
FLAGS = ["-Os", "-fno-use-cxa-atexit", "-fno-asynchronous-unwind-tables", "-fno-unwind-tables"]
GRAPH = "-fcallgraph-info=su,da"
TLS_PORT = ROOT / "port" / "mbedtls"
TLS_CONFIG = ROOT / "examples" / "firmware" / "mbedtls"
ARCHIVES = ("libmailmote.a", "libmailmote_mbedtls.a")
# What the chip has in its ROM and the compiler's library leaves out.
ROM = {"lx106": ["__udivsi3", "__umodsi3", "__divsi3", "__modsi3", "__umulsidi3", "__muldi3", "__udivdi3", "__divdi3"]}

TYPES = ["Client", "ClientBuffer<128, 128>", "ClientBuffer<512, 512>", "Options", "Recipient", "Message",
         "MemorySource", "TextMessage", "RawMessage", "MimeMessage", "TextPart", "Attachment", "Authenticator",
         "PlainMechanism", "LoginMechanism", "CramMd5Mechanism", "ExternalMechanism", "ScramMechanism",
         "XOAuth2Mechanism", "OAuthBearerMechanism", "Socks4Proxy", "Socks5Proxy", "HttpProxy", "ProxyStream",
         "AutoSecurity", "mbedtls::TlsStream"]


@dataclass(frozen=True)
class Program:
    """`adds`: what it has more than `base`, a program's name. `beside`: one with another feature of the same kind, to
    tell what this one adds to that."""

    name: str
    adds: str = ""
    base: str = "minimal"
    beside: str = ""
    tls: bool = False

    @property
    def source(self):
        return SOURCES / ("tls" if self.tls else "") / f"{self.name}.cpp"


PROGRAMS = [
    Program("minimal"),
    Program("several_mails", "mail after mail on a connection, `advice()`"),
    Program("chunking", "BDAT"),
    Program("text_mail", "`TextMessage`: header, Date, encodings"),
    Program("html_mail", "`MimeMessage` with text and HTML", beside="text_mail"),
    Program("inline_mail", "`MimeMessage` with HTML and a picture in it", beside="text_mail"),
    Program("attachment_mail", "`MimeMessage` with text and a file", beside="text_mail"),
    Program("mime_mail", "`MimeMessage` with all of these", beside="text_mail"),
    Program("login_plain", "AUTH by PLAIN", beside="login_login"),
    Program("login_login", "AUTH by LOGIN", beside="login_plain"),
    Program("login_cram_md5", "AUTH by CRAM-MD5", beside="login_plain"),
    Program("login_external", "AUTH by EXTERNAL", beside="login_plain"),
    Program("login_scram", "AUTH by SCRAM, without its hash", beside="login_plain"),
    Program("login_xoauth2", "AUTH by XOAUTH2", beside="login_plain"),
    Program("login_oauthbearer", "AUTH by OAUTHBEARER", beside="login_plain"),
    Program("socks4", "a proxy with SOCKS4 or 4a", beside="socks5"),
    Program("socks5", "a proxy with SOCKS5", beside="http_connect"),
    Program("http_connect", "a proxy with HTTP CONNECT", beside="socks5"),
    Program("proxies", "all three kinds of proxy"),
    Program("tls_mail", "`TlsStream`, without Mbed TLS", tls=True),
    Program("auto_mail", "`AutoSecurity`", base="tls_mail", tls=True),
    Program("everything"),
]


def is_ours(piece):
    return piece.archive in ARCHIVES


def total(pieces, kind):
    return sum(piece.size for piece in pieces if kind.match(piece.section))


def find_mbedtls():
    """The sources of Mbed TLS that the port is compiled with; None, and a word about it, where they cannot be had."""
    done = subprocess.run([sys.executable, "-B", ROOT / "tools" / "sources", "mbedtls"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        proof.skip(f"what needs Mbed TLS: {(done.stdout + done.stderr).strip().splitlines()[-1:]}")
        return None
    return Path(done.stdout.split()[-1])


class Bench:
    """One compiler's programs, built in `directory`."""

    def __init__(self, compiler, directory, mbedtls):
        self.compiler, self.directory = compiler, directory
        self.core = proof.build_core(compiler, directory / "core", [*FLAGS, GRAPH])[0]
        self.board = self.stubs("board", re.findall(r"\b(board_\w+)\(", (SOURCES / "board.h").read_text("utf-8"))
                                + ROM.get(compiler.name, []))
        self.archives = [self.core]
        self.has_tls = mbedtls is not None
        if self.has_tls:
            self.archives = [self.build_tls(mbedtls), self.core, self.mbedtls]

    def compile(self, source, target, *flags):
        return proof.compile_file(self.compiler, source, self.directory / target, [*FLAGS, *flags])

    def stubs(self, name, functions):
        """An object with empty functions of these names."""
        source = self.directory / f"{name}.cpp"
        source.write_text("".join(f'extern "C" void {function}() {{}}\n' for function in functions), encoding="utf-8")
        return self.compile(source, f"{name}.o", "-fno-builtin")

    def build_tls(self, mbedtls):
        """The port's archive; `self.mbedtls` stands in for Mbed TLS itself."""
        flags = [f"-I{TLS_PORT / 'include'}", f"-I{TLS_PORT}", "-isystem", TLS_CONFIG, "-isystem", mbedtls / "include",
                 "-DMBEDTLS_CONFIG_FILE=<firmware_mbedtls_config.h>"]
        objects = proof.in_parallel(lambda source: self.compile(source, f"port/{source.stem}.o", *flags),
                                    sorted(TLS_PORT.glob("*.cpp")))
        archive = self.directory / "libmailmote_mbedtls.a"
        proof.must_run([self.compiler.tool("ar"), "rcs", archive, *objects])
        listing = proof.must_run([self.compiler.tool("nm"), "-u", archive])
        self.mbedtls = self.stubs("mbedtls", sorted(set(re.findall(r" U ((?:mbedtls|psa)_\w+)", listing))))
        return archive

    def link(self, program):
        """Links with the C compiler: no C++ library may be needed. Constants are not merged in the program, so that
        the library's strings count as the library's."""
        main = self.compile(program.source, f"{program.name}.o", "-fno-merge-constants", GRAPH, f"-I{SOURCES}",
                            f"-I{TLS_PORT / 'include'}")
        page = self.directory / f"{program.name}.map"
        proof.must_run([self.compiler.command.replace("g++", "gcc"), *self.compiler.flags, *self.compiler.link_flags,
                        "-nostartfiles", "-Wl,--gc-sections", "-Wl,-e,main", f"-Wl,-Map={page}", main, self.board,
                        *self.archives, "-o", self.directory / f"{program.name}.elf"])
        return list(linker_map.pieces(page))

    def stack(self, program, pieces):
        """(octets, the functions) of the deepest stack below Client::poll."""
        graph = stack.Graph([*sorted((self.directory / "core").glob("*.ci")), self.directory / f"{program.name}.ci"],
                            {piece.symbol for piece in pieces})
        polls = [name for name in graph.functions if re.fullmatch(r"_ZN8mailmote6Client4pollE[jm]", name)]
        if len(polls) != 1:
            raise stack.Unbounded("Client::poll was not found in the call graph")
        return graph.worst(polls[0])

    def types(self):
        """sizeof on the target, from the sizes of arrays in an object file: nothing has to run."""
        source = self.directory / "types.cpp"
        arrays = "".join(f"char size_{i}[sizeof(mailmote::{kind})];\n" for i, kind in enumerate(TYPES))
        headers = [f"mailmote/{path.name}" for path in sorted((ROOT / "include" / "mailmote").glob("*.hpp"))]
        includes = "".join(f'#include "{header}"\n' for header in [*headers, "mailmote/mbedtls/tls_stream.hpp"])
        source.write_text(includes + arrays, encoding="utf-8")
        target = self.compile(source, "types.o", f"-I{TLS_PORT / 'include'}")
        listing = proof.must_run([self.compiler.tool("nm"), "--print-size", "--radix=d", target])
        sizes = {i: int(size) for size, i in re.findall(r"^\d+ (\d+) \w size_(\d+)$", listing, re.MULTILINE)}
        return {kind: sizes[str(i)] for i, kind in enumerate(TYPES)}


def show_details(compiler, name, library, path):
    names = proof.must_run([compiler.tool("c++filt")], input="\n".join(piece.symbol for piece in library))
    print(f"\n{compiler.name} {name}: what was linked of mailmote")
    for piece, symbol in sorted(zip(library, names.split("\n")), key=lambda pair: -pair[0].size):
        print(f"  {piece.size:6} {piece.section.split('.')[1]:7} {symbol}")
    print(f"{compiler.name} {name}: the deepest stack below Client::poll")
    for label, frame in path:
        print(f"  {frame:6} {label}")


def figures(pieces, octets):
    library = [piece for piece in pieces if is_ours(piece)]
    other = [piece for piece in pieces if piece.archive and not is_ours(piece)]
    return {"text": total(library, linker_map.FLASH), "ram": total(library, linker_map.RAM),
            "libc": total(other, linker_map.FLASH), "stack": octets}


def what_is_added(pieces, beside):
    """Octets of `pieces` that a program which has `beside` does not have yet. Pieces are known by their names: a linker
    that shortens calls makes their sizes differ."""
    there = collections.Counter((piece.section, piece.file) for piece in beside)
    more = []
    for piece in filter(is_ours, pieces):
        there[piece.section, piece.file] -= 1
        if there[piece.section, piece.file] < 0:
            more.append(piece)
    return total(more, linker_map.FLASH)


def measure(compiler, mbedtls, details):
    """{"types": ..., "programs": {name: figures}, "next": {name: octets that it adds to its `beside`}}."""
    with tempfile.TemporaryDirectory(prefix="mailmote-size-") as name:
        bench = Bench(compiler, Path(name), mbedtls)
        programs = [program for program in PROGRAMS if bench.has_tls or not program.tls]
        linked = dict(zip([program.name for program in programs], proof.in_parallel(bench.link, programs)))
        result = {"types": bench.types(), "programs": {}, "next": {}}
        for program in programs:
            pieces = linked[program.name]
            octets, path = (None, ()) if program.tls else bench.stack(program, pieces)
            result["programs"][program.name] = figures(pieces, octets)
            if program.beside:
                result["next"][program.name] = what_is_added(pieces, linked[program.beside])
            if details:
                show_details(compiler, program.name, list(filter(is_ours, pieces)), path)
        return result
