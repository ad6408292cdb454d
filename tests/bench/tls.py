#!/usr/bin/env python3
"""Measures the program mailmote with TLS on loopback: handshakes, and beside curl the waits for a mail and throughput.

usage: MAILMOTE=PROGRAM tests/bench/tls.py [--json]

The servers are Python's, with OpenSSL. Each has one version of TLS and throw-away certificates: a leaf with a key of
P-256 (EC) or RSA-2048, and an intermediate of P-256. Octets are those of a handshake alone, the tickets behind it
included. A wait ends with the first octet that comes back (relay.py): those of a handshake are counted until the
client may speak, those of a mail from TCP's handshake to the mail's final reply. Throughput is that of the content,
from the 354 to its end, the best of several runs; CPU is the whole program's in that run. Both depend on the machine.
"""

import argparse
import json
import pathlib
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from relay import Relay  # noqa: E402
from servers import PATIENCE  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

KEYS = {"EC": "good_ec", "RSA": "good_rsa"}
SENDER = "pump@example.com"
RECIPIENTS = ["ops@example.com", "night@example.com", "boss@example.com"]
SERVERS = {"CHUNKING": ["PIPELINING", "CHUNKING"], "PIPELINING": ["PIPELINING"], "neither": []}
MEGABYTES, RUNS = 25, 9
MAIL = b"From: pump@example.com\r\nSubject: x\r\n\r\n" + b"x\r\n"
LINE = b"0123456789abcdef" * 4 + b"0123456789\r\n"


class Place:
    """Where everything happens: a directory, certificates, and what this machine can do."""

    def __init__(self, certificates, directory):
        self.certificates, self.directory = certificates, pathlib.Path(directory)
        self.versions = tls_client.versions(certificates)
        self.has_curl = shutil.which("curl") is not None

    def skipped(self):
        why = [f"TLS {version}: this build's Mbed TLS does not speak it"
               for version in tls_client.VERSIONS if version not in self.versions]
        return why + ([] if self.has_curl else ["curl: there is none"])

    def senders(self):
        return {"mailmote": by_mailmote, **({"curl": by_curl} if self.has_curl else {})}

    def context(self, version, key="EC"):
        return server_context(self.certificates.get(KEYS[key]), *[tls_client.VERSIONS[version]] * 2)

    def file(self, name, octets):
        path = self.directory / name
        path.write_bytes(octets)
        return str(path)


def by_mailmote(place, port, mode, version, mail, *more):
    to = [word for one in RECIPIENTS for word in ("--to", one)]
    code, result = program.run_json(
        "send", "--host", "127.0.0.1", "--port", str(port), "--security", mode, "--ca-file", place.certificates.ca,
        "--tls-max", version, "--timeout", str(1000 * PATIENCE), "--from", SENDER, *to, "--raw", mail, *more)
    assert code == 0 and tls_client.is_verified(result), result
    return result["tls"]


def by_curl(place, port, mode, version, mail):
    to = [word for one in RECIPIENTS for word in ("--mail-rcpt", one)]
    scheme = {"implicit": "smtps", "starttls": "smtp"}[mode]
    plain = ["-q", "--silent", "--show-error", "--noproxy", "*", "--max-time", str(PATIENCE)]
    tls = ["--ssl-reqd", "--cacert", place.certificates.ca, f"--tlsv{version}", "--tls-max", version]
    subprocess.run(["curl", *plain, *tls, "--url", f"{scheme}://127.0.0.1:{port}", "--mail-from", SENDER, *to,
                    "--upload-file", mail], check=True)


def take_mail(peer, relay):
    """Answers commands one by one until QUIT; returns the waits up to the mail's final reply."""
    waits = None
    while (command := peer.reader.readline().upper()) and not command.startswith(b"QUIT"):
        if command.startswith(b"DATA"):
            peer.say("354 go on")
            peer.hear_content()
        elif command.startswith(b"BDAT"):
            hear_octets(peer.reader, int(command.split()[1]))
        if command.startswith((b"DATA", b"BDAT")):
            waits = relay.waits
        peer.say("250 2.0.0 fine")
    peer.say("221 2.0.0 bye")
    return waits


def hear_octets(reader, size):
    while len(reader.buffer) < size:
        octets = reader.layer.recv()
        if not octets:
            raise EOFError("the client ended the connection in the content")
        reader.buffer += octets
    reader.buffer = reader.buffer[size:]


# Handshakes.

def handshake(place, version, key):
    """{"full": ..., "resumed": ...}: octets that the client sent and received, and its waits."""
    octets = two_handshakes(place, version, key, "implicit", count_octets)
    waits = two_handshakes(place, version, key, "starttls", count_waits)
    return {name: {"sent": sent, "received": received, "waits": wait}
            for name, (sent, received), wait in zip(("full", "resumed"), octets, waits)}


def two_handshakes(place, version, key, mode, count):
    context, found = place.context(version, key), []
    mail = place.file("mail", MAIL)
    session = place.directory / "session"
    session.unlink(missing_ok=True)

    def script(peer):
        found.append(count(peer, context, relay))
        take_mail(peer, relay)

    with TlsServer(script) as server, Relay(server.port) as relay:
        for resumed in (False, True):
            tls = by_mailmote(place, relay.port, mode, version, mail, "--tls-session", str(session))
            assert tls["resumed"] == resumed and tls["version"] == f"TLS {version}", tls
    return found


def count_octets(peer, context, _):
    """The client says nothing behind its handshake before it is greeted."""
    peer.secure("implicit", context)
    counted = len(peer.wire.came), peer.connection.out
    peer.greet()
    return counted


def count_waits(peer, context, relay):
    """From when the client hears that it may begin to its first octet in TLS."""
    peer.offer_starttls()
    begin = relay.waits
    peer.say("220 2.0.0 go on")
    peer.start_tls(context)
    peer.answer_ehlo()
    return relay.server_heard - begin


# Waits for a mail.

def waits(place, send, mode, version, capabilities):
    context, found = place.context(version), []

    def script(peer):
        peer.secure(mode, context)
        peer.greet_in(mode, *capabilities)
        found.append(take_mail(peer, relay))

    with TlsServer(script) as server, Relay(server.port) as relay:
        send(place, relay.port, mode, version, place.file("mail", MAIL))
        server.settle()
    return found[0]


# Throughput.

def hear(tls, end):
    """The first octets of what comes up to `end`; the others are dropped."""
    first = last = tls.recv(1 << 16)
    while not last.endswith(end):
        octets = tls.recv(1 << 16)
        if not octets:
            raise EOFError("the client ended the connection")
        last = (last + octets)[-len(end):] if len(octets) < len(end) else octets
    return first[:4]


def swallow(listener, context, found):
    """Serves one connection as fast as it can; finds the seconds that its content took, and the cipher suite."""
    connection, _ = listener.accept()
    with context.wrap_socket(connection, server_side=True) as tls:
        tls.sendall(b"220 fast.example.com\r\n")
        while (command := hear(tls, b"\r\n").upper()) != b"QUIT":
            tls.sendall(b"354 go on\r\n" if command == b"DATA" else b"250 2.0.0 fine\r\n")
            if command == b"DATA":
                begin = time.monotonic()
                hear(tls, b"\r\n.\r\n")
                found += [time.monotonic() - begin, tls.cipher()[0]]
                tls.sendall(b"250 2.0.0 kept\r\n")
        tls.sendall(b"221 2.0.0 bye\r\n")


def cpu_seconds():
    """Of all programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def big_mail(place, send, version, mail):
    """The seconds that its content took, the cipher suite, and the program's processor seconds."""
    found, before = [], cpu_seconds()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        thread = threading.Thread(target=swallow, args=(listener, place.context(version), found), daemon=True)
        thread.start()
        send(place, listener.getsockname()[1], "implicit", version, mail)
        thread.join(PATIENCE)
    return *found, cpu_seconds() - before


def throughput(place, version):
    mail = place.file("big", MAIL + LINE * (MEGABYTES * 1_000_000 // len(LINE)))
    runs = [{name: big_mail(place, send, version, mail) for name, send in place.senders().items()} for _ in range(RUNS)]
    best = {name: min(run[name] for run in runs) for name in place.senders()}
    result = {"programs": {name: {"MB/s": round(MEGABYTES / seconds), "cpu_ms": round(1000 * cpu), "cipher": cipher}
                           for name, (seconds, cipher, cpu) in best.items()}}
    if "curl" in best:
        result["ratio"] = round(best["curl"][0] / best["mailmote"][0], 2)
    return result


def curl_version():
    """Its own and that of its TLS library."""
    words = subprocess.run(["curl", "-q", "--version"], capture_output=True, text=True, check=True).stdout.split()
    return f"{words[1]} {words[4]}"


def measure(place):
    """Everything, by what it is of."""
    ways = [(mode, version) for mode in tls_client.MODES for version in place.versions]
    return {
        "openssl": ssl.OPENSSL_VERSION,
        "curl": curl_version() if place.has_curl else None,
        "skipped": place.skipped(),
        "handshakes": {f"TLS {version}, {key}": handshake(place, version, key)
                       for version in place.versions for key in KEYS},
        "waits": {f"{mode}, TLS {version}": {name: {kind: waits(place, send, mode, version, capabilities)
                                                    for kind, capabilities in SERVERS.items()}
                                             for name, send in place.senders().items()}
                  for mode, version in ways},
        "throughput": {f"TLS {version}": throughput(place, version) for version in place.versions},
    }


def row(*cells):
    print(f"{cells[0]:52}" + "".join(f"{cell:>12}" for cell in cells[1:]))


def show(result):
    print(f"servers: {result['openssl']}; curl: {result['curl'] or 'none'}")
    for why in result["skipped"]:
        print(f"skipped: {why}")
    row("\nhandshake", "sent", "received", "waits")
    for name, both in result["handshakes"].items():
        for kind, one in both.items():
            row(f"{name}, {kind}", *one.values())
    row("\nwaits, 3 recipients, server with", *SERVERS)
    for way, senders in result["waits"].items():
        for name, counts in senders.items():
            row(f"{way}, {name}", *counts.values())
    row(f"\n{MEGABYTES} MB", "MB/s", "CPU, ms", "of curl's")
    for version, found in result["throughput"].items():
        for name, one in found["programs"].items():
            ratio = [found["ratio"]] if name == "mailmote" and "ratio" in found else []
            row(f"{version}, {name}, {one['cipher']}", one["MB/s"], one["cpu_ms"], *ratio)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    tls_client.skip_without_tls()
    with Certificates() as certificates, tempfile.TemporaryDirectory(prefix="mailmote-bench-") as directory:
        result = measure(Place(certificates, directory))
    if arguments.json:
        print(json.dumps(result, indent=2))
    else:
        show(result)


if __name__ == "__main__":
    main()
