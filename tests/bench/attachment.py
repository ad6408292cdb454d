#!/usr/bin/env python3
"""Measures a mail with a large attachment through whole programs on loopback: mailmote beside curl, and memory.

usage: MAILMOTE=PROGRAM BENCH_ATTACHMENT=PROGRAM BENCH_SINK=PROGRAM tests/bench/attachment.py [--json]

Both programs read the file, encode it in base64 and send it by DATA, in clear and with TLS, to a server that keeps
nothing; they take turns. The cipher is chosen by the server's order, or by the client's as most mail servers do it.
Throughput is the file's octets by the time from the 354 to the end of the content; CPU is the whole program's. Each
figure is the best of several runs. Both depend on the machine.

Memory is the peak of the program bench_attachment, which makes the attachment as it goes, for 1 kB and for 1 GB.
"""

import argparse
import json
import os
import pathlib
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
from servers import PATIENCE  # noqa: E402
from tls import KEYS, cpu_seconds, curl_version  # noqa: E402
from tls_servers import server_context  # noqa: E402

MEGABYTES, RUNS = 25, 7
SENDER, RECIPIENT = "pump@example.com", "ops@example.com"
SMALL, LARGE = 1000, 1_000_000_000


def by_mailmote(port, file, ca):
    security = ["--security", "implicit", "--ca-file", ca] if ca else ["--security", "none"]
    code, result = program.run_json("send", "--host", "127.0.0.1", "--port", str(port), *security, "--from", SENDER,
                                    "--to", RECIPIENT, "--subject", "A file", "--text", "See the file.",
                                    "--attach", file)
    assert code == 0, result


def by_curl(port, file, ca):
    tls = ["--cacert", ca] if ca else []
    subprocess.run(["curl", "-q", "--silent", "--show-error", "--noproxy", "*", *tls, "--url",
                    f"{'smtps' if ca else 'smtp'}://127.0.0.1:{port}", "--mail-from", SENDER, "--mail-rcpt", RECIPIENT,
                    "-H", "Subject: A file", "-F", "=See the file.;type=text/plain",
                    "-F", f"file=@{file};encoder=base64"], check=True)


class Swallower(threading.Thread):
    """Serves one connection as fast as it can; `seconds` is what its content took."""

    def __init__(self, context):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(PATIENCE)
        self.port = self.listener.getsockname()[1]
        self.context = context
        self.room = memoryview(bytearray(1 << 18))
        self.seconds = None
        self.cipher = None
        self.start()

    def run(self):
        with self.listener:
            connection, _ = self.listener.accept()
        if self.context:
            connection = self.context.wrap_socket(connection, server_side=True)
            self.cipher = connection.cipher()[0]
        with connection:
            self.serve(connection)

    def serve(self, connection):
        connection.sendall(b"220 fast.example.com\r\n")
        while (command := self.hear(connection, b"\r\n")) != b"QUIT":
            if command == b"DATA":
                connection.sendall(b"354 go on\r\n")
                begin = time.monotonic()
                self.hear(connection, b"\r\n.\r\n")
                self.seconds = time.monotonic() - begin
            connection.sendall(b"250 2.0.0 fine\r\n")
        connection.sendall(b"221 2.0.0 bye\r\n")

    def hear(self, connection, end):
        """The first octets of what comes up to `end`; the others are dropped."""
        size = connection.recv_into(self.room)
        first, last = bytes(self.room[:4]).upper(), bytes(self.room[max(0, size - 5):size])
        while not last.endswith(end):
            size = connection.recv_into(self.room)
            if size == 0:
                raise EOFError("the client ended the connection")
            last = (last + bytes(self.room[max(0, size - 5):size]))[-5:]
        return first


def one_mail(send, file, context, ca):
    """(seconds of its content, processor seconds of the program, cipher suite)"""
    server, before = Swallower(context), cpu_seconds()
    send(server.port, file, ca)
    server.join(PATIENCE)
    return server.seconds, cpu_seconds() - before, server.cipher


def throughput(file, context, ca):
    senders = {"mailmote": by_mailmote, **({"curl": by_curl} if shutil.which("curl") else {})}
    runs = [{name: one_mail(send, file, context, ca) for name, send in senders.items()} for _ in range(RUNS)]
    wall = {name: min(run[name][0] for run in runs) for name in senders}
    cpu = {name: min(run[name][1] for run in runs) for name in senders}
    result = {name: {"MB/s": round(MEGABYTES / wall[name]), "cpu_ms": round(1000 * cpu[name]),
                     "cipher": runs[0][name][2]} for name in senders}
    if "curl" in senders:
        result["mailmote"] |= {"x_curl_wall": round(wall["curl"] / wall["mailmote"], 1),
                               "x_curl_cpu": round(cpu["curl"] / cpu["mailmote"], 1)}
    return result


def peak_memory(octets):
    """(kB at most, seconds) of a program that sends an attachment of so many octets, which nothing stores."""
    sink = subprocess.Popen([os.environ["BENCH_SINK"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        begin = time.monotonic()
        command = [os.environ["BENCH_ATTACHMENT"], sink.stdout.readline().strip(), str(octets)]
        peak = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[1]
        return {"octets": octets, "peak_kb": int(peak), "seconds": round(time.monotonic() - begin, 2)}
    finally:
        sink.communicate(timeout=PATIENCE)


def measure(directory, certificates):
    file = pathlib.Path(directory) / "file.bin"
    file.write_bytes(os.urandom(MEGABYTES * 1_000_000))
    ways = {"in clear": (None, None)}
    for version in tls_client.versions(certificates):
        for chooser in ("server", "client"):
            context = server_context(certificates.get(KEYS["EC"]), *[tls_client.VERSIONS[version]] * 2)
            if chooser == "client":
                context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
            ways[f"TLS {version} by the {chooser}"] = (context, certificates.ca)
    return {
        "curl": curl_version() if shutil.which("curl") else None,
        "throughput": {way: throughput(str(file), *how) for way, how in ways.items()},
        "memory": [peak_memory(octets) for octets in (SMALL, LARGE)],
    }


def show(result):
    print(f"curl: {result['curl'] or 'skipped: there is none'}")
    print(f"\n{f'attachment of {MEGABYTES} MB':66}{'MB/s':>8}{'CPU, ms':>9}{'x curl, wall':>14}{'x curl, CPU':>14}")
    for way, programs in result["throughput"].items():
        for name, one in programs.items():
            ratios = "".join(f"{one[ratio]:>14}" for ratio in ("x_curl_wall", "x_curl_cpu") if ratio in one)
            print(f"{', '.join(filter(None, [way, name, one['cipher']])):66}{one['MB/s']:>8}{one['cpu_ms']:>9}{ratios}")
    print(f"\n{'attachment made as it goes, octets':66}{'peak, kB':>9}{'seconds':>9}")
    for one in result["memory"]:
        print(f"{one['octets']:<66}{one['peak_kb']:>9}{one['seconds']:>9}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    tls_client.skip_without_tls()
    with Certificates() as certificates, tempfile.TemporaryDirectory(prefix="mailmote-bench-") as directory:
        result = measure(directory, certificates)
    if arguments.json:
        print(json.dumps(result, indent=2))
    else:
        show(result)


if __name__ == "__main__":
    main()
