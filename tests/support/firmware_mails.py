"""The mails that examples/firmware sends, and the servers that it sends them to."""

import base64
import re
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

import certificates
from boards import LOOPBACK, PATIENCE, CannotRun, boot, only
from postfix import Postfix
from proxies import Microsocks
from servers import Sink

PORTS = {"none": 25, "starttls": 587, "implicit": 465}
PROXY_PORT = 1080
ENVELOPE = ("tank7@example.com", ["ops@example.com"])
PASSWORD = "a secret of the tank"
HOST = {"names": "DNS:mail.example.com", "subject": "mail.example.com"}
CERTIFICATES = {"EC": certificates.Kind(**HOST), "RSA": certificates.Kind(**HOST, key=certificates.RSA),
                "unknown": certificates.Kind(**HOST, issuer="other_root")}


@dataclass(frozen=True)
class Case:
    """What is sent to which kind of server. `mode`: what the program is told; "auto" is to find out `server_mode`."""

    tls: str = "none"
    mode: str = "none"
    certificate: str = "EC"
    proxy: bool = False
    server: str = "aiosmtpd"
    ipv6: bool = False

    def __str__(self):
        parts = ["without TLS"] if self.tls == "none" else [f"TLS {self.tls}", self.mode, self.certificate]
        return ", ".join(parts + ["SOCKS5"] * self.proxy + ["IPv6"] * self.ipv6 + [self.server] * (self.server != "aiosmtpd"))

    @property
    def program(self):
        return "plain" if self.tls == "none" and not self.ipv6 else "mail"

    @property
    def server_mode(self):
        return self.mode if self.mode != "auto" else "implicit" if self.tls == "1.3" else "starttls"

    @property
    def is_refused(self):
        return self.certificate == "unknown"

    @property
    def logs_in(self):
        return self.tls != "none" and self.server == "aiosmtpd"


def ipv6_cases():
    """Those whose servers need neither a proxy nor a standard port."""
    if not has_ipv6():
        raise CannotRun("the loopback interface has no IPv6 address")
    return [replace(case, ipv6=True) for case in cases() if case.mode != "auto" and not case.proxy]


def has_ipv6():
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def cases(server="aiosmtpd"):
    """All that a board is told to do, unless fewer are asked for."""
    yield Case(server=server)
    for tls in ("1.2", "1.3"):
        for mode in ("starttls", "implicit"):
            for certificate in ("EC", "RSA"):
                yield Case(tls, mode, certificate, server=server)
        yield Case(tls, "auto", server=server)
        yield Case(tls, "starttls", proxy=True, server=server)
        yield Case(tls, "implicit", "unknown", server=server)


# What is to arrive.

HEADER = r"""From: Tank 7 <tank7@example\.com>
To: Operations <ops@example\.com>
Subject: =\?utf-8\?Q\?F=C3=BCllstand_niedrig\?=
Date: (?P<date>\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000)
Message-ID: <[0-9a-f]{32}@tank7\.example\.com>
Auto-Submitted: auto-generated
MIME-Version: 1\.0
"""
TEXT = r"""Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Tank 7 läuft leer: 3 %\.
\.
\.\. und die Pumpe steht\.
"""
TABLE = r"""Content-Type: text/csv;
 name="levels\.csv"
Content-Transfer-Encoding: base64
Content-Disposition: attachment;
 filename="levels\.csv"

"""
ROWS = 60


def attachment():
    levels = (2500 - row * 37 % 2500 for row in range(ROWS))
    octets = "".join(f"{row};{level // 10}.{level % 10}\r\n" for row, level in enumerate(levels)).encode()
    return base64.encodebytes(octets).decode()


def expected(program):
    """A pattern for the whole mail."""
    if program == "plain":
        return HEADER + TEXT
    multipart = 'Content-Type: multipart/mixed;\n boundary="(?P<boundary>[!-~]{1,70})"\n'
    delimiter = "\n--(?P=boundary)"
    return (HEADER + multipart + delimiter + "\n" + TEXT + delimiter + "\n" + TABLE +
            re.escape(attachment().removesuffix("\n")) + delimiter + "--\n")


def what_is_wrong(case, mails):
    """With what a server has kept; None if nothing is."""
    if len(mails) != 1:
        return f"the server kept {len(mails)} mails"
    found = re.fullmatch(expected(case.program).replace("\n", "\r\n"), mails[0].decode())
    if not found:
        return f"the mail is\n{mails[0].decode()}"
    age = time.time() - parsedate_to_datetime(found["date"]).timestamp()
    return None if -2 <= age <= PATIENCE else f"its date is {found['date']}"


# Servers: where they listen, and what they kept.

def make_certificates(made):
    """For all servers here: by kind."""
    return {kind: made.make(f"board_{kind}", what) for kind, what in CERTIFICATES.items()}


@contextmanager
def aiosmtpd(case, credentials):
    options = []
    if case.tls != "none":
        credential = credentials[case.certificate]
        options = ["--tls", case.server_mode, "--certificate", credential.file, "--key", credential.key,
                   "--login", f"tank7:{PASSWORD}"]
    with Sink(*options, "--host", "::1" if case.ipv6 else "127.0.0.1") as sink:
        def kept():
            envelopes = [sink.envelope(number) for number in range(1, sink.count() + 1)]
            wrong = [one for one in envelopes if (one["from"], one["to"]) != ENVELOPE]
            return [f"envelope {one}".encode() for one in wrong] or [
                sink.message(number) for number in range(1, sink.count() + 1)]
        yield sink.port, kept


@contextmanager
def postfix(case, credentials):
    with Postfix(credential=None if case.tls == "none" else credentials[case.certificate]) as server:
        def kept():
            return [] if case.is_refused else [mail.replace(b"\n", b"\r\n") for mail in server.delivered()]
        yield server.tls_port if case.server_mode == "implicit" else server.port, kept


SERVERS = {"aiosmtpd": aiosmtpd, "postfix": postfix}


@contextmanager
def way_to(case, port):
    """(network, words): how the board gets to that port."""
    words = [case.mode, f"tls={case.tls}"] + ["login"] * case.logs_in
    if case.proxy:
        with Microsocks() as proxy:
            yield only((PROXY_PORT, proxy.port)), [*words, "proxy", f"port={port}"]
        return
    if case.ipv6:
        yield LOOPBACK, [*words, f"port={port}"]
        return
    here = PORTS[case.server_mode]
    if case.mode == "auto" and case.server_mode == "starttls":
        words.append(f"port={here}")  # for want of it 465 would be tried, and nothing answers there
    yield only((here, port)), words


def judge(case, run, kept):
    """What is wrong with a run; None if nothing is."""
    if case.is_refused:
        if run.status != 1 or kept() or "not_sent tls_untrusted" not in run.printed:
            return f"a certificate of an unknown CA: exit status {run.status}, {len(kept())} mails kept"
        return None
    if run.status != 0:
        return f"exit status {run.status}"
    if case.tls != "none" and f"\nTLS {case.tls}," not in run.printed:
        return "another version of TLS was spoken"
    if case.logs_in and "AUTH PLAIN" not in run.printed:
        return "it did not log in"
    return what_is_wrong(case, kept())


def send(board, directory, case, credentials):
    """Boots the program; (what is wrong or None, the run)."""
    with SERVERS[case.server](case, credentials) as (port, kept), way_to(case, port) as (network, words):
        run = boot(board, directory / f"{case.program}.elf", words, network)
        return judge(case, run, kept), run
