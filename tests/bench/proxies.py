#!/usr/bin/env python3
"""How often the program mailmote waits for a proxy before it hears the server, beside curl where that is installed.

usage: MAILMOTE=build/release/mailmote tests/bench/proxies.py [--json]

Each proxy is a script on the loopback interface that leads to a server in the same script, and takes its time before
each thing that it says. What a visit takes more than with a proxy that does not, divided by that time, is the number of
waits. Then: the time that a visit takes when the first of the server's two addresses is dead (tests/interop/test_names.py,
in a network of its own where the machine allows it).
"""
import argparse
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import program  # noqa: E402
from servers import Scripted  # noqa: E402

DELAY = 0.2  # seconds
USER, PASSWORD = "pump", "s3cret"


class Slow:
    """A proxy's side of the dialogue."""

    def __init__(self, peer, delay):
        self.peer, self.delay = peer, delay

    def hear(self, *expected):
        for part in expected:
            size = part if isinstance(part, int) else len(part)
            octets = self.peer.reader.read(size)
            assert isinstance(part, int) or octets == part, f"expected {part!r}, heard {octets!r}"
        return octets

    def say(self, octets):
        time.sleep(self.delay)
        self.peer.connection.sendall(octets)


def socks4a(proxy, _):
    proxy.hear(b"\4\1", 2, b"\0\0\0\1\0server.example.com\0")
    proxy.say(b"\0\x5a\0\0\0\0\0\0")


def socks5(proxy, login):
    """Any client's methods. curl offers GSSAPI too."""
    _, count = proxy.hear(2)
    proxy.hear(count)
    proxy.say(b"\5\2" if login else b"\5\0")
    if login:
        proxy.hear(b"\1", bytes([len(USER)]), USER.encode(), bytes([len(PASSWORD)]), PASSWORD.encode())
        proxy.say(b"\1\0")
    proxy.hear(b"\5\1\0\3\x12server.example.com", 2)
    proxy.say(b"\5\0\0\1\0\0\0\0\0\0")


def http(proxy, login):
    lines = []
    while not lines or lines[-1] != b"\r\n":
        lines.append(proxy.peer.reader.readline())
    expected = b"basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).lower()
    assert not login or any(expected in line.lower() for line in lines), lines
    proxy.say(b"HTTP/1.1 200 fine\r\n\r\n")


PROXIES = [("SOCKS4a", "socks4a", socks4a, False), ("SOCKS5", "socks5h", socks5, False),
           ("SOCKS5, login", "socks5h", socks5, True), ("HTTP CONNECT", "http", http, False),
           ("HTTP CONNECT, login", "http", http, True)]


def serve(peer):
    """Takes whatever a client says up to QUIT."""
    peer.say("220 server.example.com")
    line = b" "
    while line and not line.upper().startswith(b"QUIT"):
        line = peer.reader.readline()
        peer.say("250 fine")


def visit_of_mailmote(scheme, port, login):
    user, secret = (f"{USER}@", ["--proxy-password-env", "PROXY_PASSWORD"]) if login else ("", [])
    return [program.path(), "probe", "--host", "server.example.com", "--port", "2525", "--security", "none",
            "--allow-clear", "--quiet", "--proxy", f"{scheme}://{user}127.0.0.1:{port}", *secret]


def visit_of_curl(scheme, port, login):
    user = f"{USER}:{PASSWORD}@" if login else ""
    return ["curl", "--silent", "--proxytunnel", "--proxy", f"{scheme}://{user}127.0.0.1:{port}", "--request", "NOOP",
            "smtp://server.example.com:2525"]


def seconds(visit, scheme, dialogue, login, delay):
    def script(peer):
        dialogue(Slow(peer, delay), login)
        serve(peer)
    with Scripted(script) as proxy:
        begin = time.monotonic()
        done = subprocess.run(visit(scheme, proxy.port, login), env={**os.environ, "PROXY_PASSWORD": PASSWORD},
                              capture_output=True, timeout=60, check=False)
        took = time.monotonic() - begin
    if done.returncode != 0:
        sys.exit(f"`{' '.join(done.args)}` failed: {done.stderr.decode(errors='replace')}")
    return took


def waits(visit, proxy):
    _, scheme, dialogue, login = proxy
    fast, slow = (min(seconds(visit, scheme, dialogue, login, delay) for _ in range(3)) for delay in (0, DELAY))
    return round((slow - fast) / DELAY, 1)


def dead_address():
    """What the test says about it; None: it cannot run here."""
    script = ROOT / "tests/interop/test_names.py"
    command = [sys.executable, "-B", str(script), "-k", "dead_first_address"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if "dead address" in line]
    return lines[0] if done.returncode == 0 and lines else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    arguments = parser.parse_args()
    visits = {"mailmote": visit_of_mailmote}
    if shutil.which("curl"):
        visits["curl"] = visit_of_curl
    rows = {proxy[0]: {name: waits(visit, proxy) for name, visit in visits.items()} for proxy in PROXIES}
    dead = dead_address()
    if arguments.json:
        print(json.dumps({"waits": rows, "dead_address": dead}))
        return
    print(f"{'waits for the proxy':22}" + "".join(f"{name:>10}" for name in visits))
    for name, row in rows.items():
        print(f"{name:22}" + "".join(f"{count:10}" for count in row.values()))
    print(dead or "skipped: a dead address needs a network of its own, which this user may not make here")


if __name__ == "__main__":
    main()
