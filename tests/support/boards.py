"""The boards that QEMU emulates: building examples/firmware for one, and booting an image."""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRMWARE = ROOT / "examples/firmware"
SKIPPED = 77
PATIENCE = 60  # seconds for a run, which takes a few
HEAP = re.compile(r"(malloc|calloc|realloc|free|_?sbrk|_malloc_r|_free_r|_Zn[wa].*|_Zd[la].*|__cxa_.*)")


class CannotRun(Exception):
    """Why this machine cannot do it."""


@dataclass(frozen=True)
class Board:
    """`tools`: the prefix of compiler and binutils. `emulator`: QEMU and what it is told of the machine."""

    tools: str
    emulator: tuple
    nic: str  # its model; one that is not part of the machine is a device

    @property
    def has_systick(self):
        return self.nic == "lan9118"  # the Arm boards

    def network(self, options):
        if self.nic.endswith("-device"):
            return ["-netdev", ",".join(["user,id=wire", *options]), "-device", f"{self.nic},netdev=wire"]
        return ["-nic", ",".join([f"user,id=wire,model={self.nic}", *options])]


def _arm(machine):
    return Board("arm-none-eabi-", ("qemu-system-arm", "-M", machine), "lan9118")


BOARDS = {
    "cortex-m0plus": _arm("mps2-an385"),
    "cortex-m3": _arm("mps2-an385"),
    "cortex-m4": _arm("mps2-an386"),
    "cortex-m7": _arm("mps2-an500"),
    "rv32imc": Board("riscv64-unknown-elf-", ("qemu-system-riscv32", "-M", "virt", "-m", "32M", "-bios", "none",
                                              "-global", "virtio-mmio.force-legacy=false"), "virtio-net-device"),
    "lx106": Board("xtensa-lx106-elf-", ("qemu-system-xtensa", "-M", "kc705-nommu", "-cpu", "lx106"), "open_eth"),
}


def must_run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def sources(name):
    done = subprocess.run([ROOT / "tools/sources", name], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode == SKIPPED:
        raise CannotRun(done.stdout.removeprefix("skipped: ").strip())
    if done.returncode != 0:
        sys.exit(done.returncode)
    return done.stdout.split(maxsplit=1)[1].strip()


def check_tools(board):
    for tool in (f"{board.tools}g++", board.emulator[0], "cmake", "make", "openssl"):
        if not shutil.which(tool):
            raise CannotRun(f"{tool} is not installed")
    if not list(Path("/usr/include/newlib/c++").glob("*/arm-none-eabi")):
        raise CannotRun("libstdc++-arm-none-eabi-newlib is not installed, which has the C++ headers")
    if subprocess.run([sys.executable, "-c", "import aiosmtpd"], capture_output=True, check=False).returncode != 0:
        raise CannotRun("python3-aiosmtpd is not installed")


# From the sources to images.

def write_ca(made, directory):
    directory.mkdir(parents=True, exist_ok=True)
    octets = ", ".join(map(str, ssl.PEM_cert_to_DER_cert(Path(made.ca).read_text(encoding="ascii"))))
    (directory / "ca.hpp").write_text(f"#include <cstdint>\n\nconstexpr std::uint8_t kCa[] = {{{octets}}};\n",
                                      encoding="utf-8")


def build(name, work, programs, ipv6=False):
    with_tls = [f"-DMBEDTLS_DIR={sources('mbedtls')}", f"-DFIRMWARE_CA_DIR={work}"] if "mail" in programs else []
    must_run("cmake", "-S", FIRMWARE, "-B", work, f"-DLWIP_DIR={sources('lwip')}", *with_tls,
             f"-DFIRMWARE_IPV6={'ON' if ipv6 else 'OFF'}",
             f"-DCMAKE_TOOLCHAIN_FILE={FIRMWARE}/boards/{name}.cmake")
    must_run("cmake", "--build", work, "--parallel", os.cpu_count() or 1, "--target", *programs)


def check_image(board, image):
    """No symbol of a heap or of C++'s run-time support; returns a line about its size."""
    names = re.findall(r"^\w* +\w (\S+)$", must_run(f"{board.tools}nm", image), re.MULTILINE)
    found = [name for name in names if HEAP.fullmatch(name)]
    if found:
        sys.exit(f"{image} holds a heap or C++ run-time support: {', '.join(found)}")
    text, data, bss = must_run(f"{board.tools}size", image).splitlines()[1].split()[:3]
    return f"{int(text) + int(data):,} octets of flash, {int(data) + int(bss):,} of static RAM, no heap"


# From an image to what it does.

def only(*forwards):
    """A network in which there is nothing but these: (port of 10.0.2.2, port of this machine's loopback interface)."""
    return ["restrict=on", "host=10.0.2.4", *[f"guestfwd=tcp:10.0.2.2:{port}-tcp:127.0.0.1:{here}"
                                              for port, here in forwards]]


LOOPBACK = []  # a network in which 10.0.2.2 and fec0::2 are this machine's loopback interface


@dataclass(frozen=True)
class Run:
    """What a program did. `elapsed`: milliseconds of the board's time."""

    status: int
    printed: str
    seconds: float

    @property
    def elapsed(self):
        found = re.search(r"^elapsed: (\d+) ms$", self.printed, re.MULTILINE)
        return int(found[1]) if found else None

    @property
    def line(self):
        """All that it printed, in one."""
        return " ".join(self.printed.split())


def command_line(board, image, words, network, icount):
    words = ",".join(f"arg={word}" for word in [*words, f"time={int(time.time())}"])
    return [*board.emulator, "-icount", icount, "-nographic", "-monitor", "none", "-serial", "none",
            "-semihosting-config", f"enable=on,target=native,{words}", *board.network(network), "-kernel", str(image)]


def boot(board, image, words, network, icount="shift=0", more=()):
    """Runs a program that is given these words. A nanosecond of the board's time is one instruction."""
    start = time.monotonic()
    try:
        done = subprocess.run([*command_line(board, image, words, network, icount), *more], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        sys.exit(f"the program did not end in {PATIENCE} s")
    return Run(done.returncode, done.stdout + done.stderr, time.monotonic() - start)


class Plug:
    """The board's network cable, by QEMU's own protocol."""

    def __init__(self, path):
        self.path = str(path)
        self.option = ["-qmp", f"unix:{self.path},server=on,wait=off"]

    def pull(self):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(self.path)
            with connection.makefile("rw") as wire:
                wire.readline()  # the greeting
                for command, arguments in (("qmp_capabilities", {}), ("set_link", {"name": "wire", "up": False})):
                    wire.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
                    wire.flush()
                    while "return" not in json.loads(wire.readline()):
                        pass


@contextmanager
def plug():
    with tempfile.TemporaryDirectory(prefix="mailmote-plug-") as directory:
        yield Plug(Path(directory) / "qmp")
