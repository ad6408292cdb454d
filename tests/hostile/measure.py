"""A program run to its end with a watch on it: how long it took, how much memory, and what it said."""

import contextlib
import dataclasses
import os
import select
import signal
import subprocess
import tempfile
import time

SAMPLING = 0.005  # seconds between two looks at the memory


@dataclasses.dataclass
class Run:
    """`code`: as of subprocess. `peak`: the resident memory at its highest, in kB. `ended`: not by us."""

    code: int
    out: bytes
    seconds: float
    peak: int
    ended: bool


def run(command, stdin=b"", environment=None, seconds=8.0, kilobytes=400_000):
    """Standard output and standard error come as one. What exceeds the bounds is ended."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out:
        source.write(stdin)
        source.seek(0)
        begin = time.monotonic()
        with subprocess.Popen(command, stdin=source, stdout=out, stderr=out, start_new_session=True,
                              env={**os.environ, **(environment or {})}) as process:
            peak, ended = watch(process, begin + seconds, kilobytes)
        took = time.monotonic() - begin
        out.seek(0)
        return Run(process.returncode, out.read(1_000_000), took, peak, ended)


def watch(process, end, kilobytes):
    peak = 0
    waiter = os.pidfd_open(process.pid)
    try:
        while not select.select([waiter], [], [], SAMPLING)[0]:
            peak = max(peak, resident_at_most(process.pid))
            if time.monotonic() > end or peak > kilobytes:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return peak, False
        return peak, True
    finally:
        os.close(waiter)


def resident_at_most(pid):
    """The kernel's own high-water mark, in kB: only what comes after the last look is missed."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
