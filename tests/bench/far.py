"""A server with all extensions, far away: what a sender's mail costs in waits, octets, packets and time."""

import base64
import dataclasses
import os
import subprocess
import time

import clients
import tls_client
from relay import Relay
from senders import PATIENCE
from tls import KEYS, hear_octets
from tls_servers import TlsServer, server_context

RESPONSE = base64.b64encode("\0".join(["", *clients.LOGIN]).encode())
SILENCE = 5  # seconds without a word, beside a round trip's, after which a sender has stopped
CAPABILITIES = ["PIPELINING", "SIZE 50000000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "DSN", "CHUNKING"]


class Failed(Exception):
    """What a sender said when it did not send."""


@dataclasses.dataclass(frozen=True)
class Visit:
    """One connection that took all mails of a case. `waits`: from TCP's handshake on; `after_greeting`: from there."""

    waits: int
    after_greeting: int
    sent: int
    received: int
    packets: int
    seconds: float


class Service:
    """The server's side of one connection. `waits()`: until what it says now is with the client."""

    def __init__(self, peer, case, context, waits=lambda: 0):
        self.peer, self.case, self.context, self.waits = peer, case, context, waits
        self.replies = []
        self.greeted = self.taken = self.mails = 0
        self.when = None

    def serve(self):
        if self.case.security == "implicit":
            self.peer.start_tls(self.context)
        self.greeted = self.waits()
        self.replies = ["220 far.example.com ESMTP"]
        while command := self.next_line():
            self.answer(command.rstrip())
        self.flush()
        if self.peer.tls:
            self.peer.connection.close_notify()

    def flush(self):
        if self.replies:
            self.peer.say(*self.replies)
        self.replies = []

    def next_line(self):
        """Replies to a group go out together, as with most servers."""
        if b"\n" not in self.peer.reader.buffer:
            self.flush()
            if self.mails == self.case.mails and self.when is None:
                self.when = time.monotonic()
        return self.peer.reader.readline()

    def answer(self, command):
        verb = command[:4].upper()
        known = {b"EHLO": self.ehlo, b"STAR": self.starttls, b"AUTH": self.auth, b"DATA": self.data, b"BDAT": self.bdat}
        if verb in known:
            known[verb](command)
        else:
            self.replies.append("221 2.0.0 bye" if verb == b"QUIT" else "250 2.1.0 ok")

    def ehlo(self, _):
        lines = ["far.example.com", *CAPABILITIES]
        in_clear = self.peer.tls is None
        lines += ["STARTTLS"] if in_clear and self.case.security == "starttls" else []
        lines += ["AUTH PLAIN"] if self.case.login and (not in_clear or self.case.security == "none") else []
        self.replies += [f"250{' ' if line is lines[-1] else '-'}{line}" for line in lines]

    def starttls(self, _):
        self.replies.append("220 2.0.0 go on")
        self.flush()
        self.peer.start_tls(self.context)

    def auth(self, command):
        response = command[len(b"AUTH PLAIN"):].strip()
        if not response:
            self.replies.append("334 ")
            response = self.next_line().rstrip()
        self.replies.append("235 2.7.0 welcome" if response == RESPONSE else "535 5.7.8 no")

    def data(self, _):
        self.replies.append("354 go on")
        self.flush()
        self.peer.hear_content()
        self.take()

    def bdat(self, command):
        self.flush()
        hear_octets(self.peer.reader, int(command.split()[1]))
        if command.upper().endswith(b" LAST"):
            self.take()
        else:
            self.replies.append("250 2.0.0 more")

    def take(self):
        self.replies.append("250 2.0.0 taken")
        self.mails += 1
        self.taken = self.waits()


def context_of(case, certificates):
    version = tls_client.VERSIONS[case.version] if case.version else None
    return server_context(certificates.get(KEYS["EC"]), version, version) if version else None


def run(invocation):
    environment = {**os.environ, **(invocation.environment or {})}
    done = subprocess.run(invocation.command, input=invocation.stdin, capture_output=True, timeout=PATIENCE,
                          check=False, env=environment)
    if done.returncode != 0:
        said = (done.stderr + done.stdout).decode(errors="replace").strip()
        raise Failed(f"`{' '.join(invocation.command)}`: {said or done.returncode}")
    return done


def visit(sender, case, certificates, round_trip):
    """The last connection of a sender. Raises Failed, or NotApplicable."""
    context, services = context_of(case, certificates), []

    def script(peer):
        peer.wire.connection.settimeout(SILENCE + 2 * round_trip)
        services.append(Service(peer, case, context, lambda: relay.waits))
        services[-1].serve()

    with TlsServer(script) as server, Relay(server.port, round_trip) as relay:
        run(sender.invocation(case, relay.port, certificates.ca))
    service, passage = services[-1], relay.passages[-1]
    if service.mails != case.mails:
        raise Failed(f"{sender.name}: {service.mails} mails on the last of {len(services)} connections")
    if case.version and service.peer.tls.session_reused != case.resumed:
        raise Failed(f"{sender.name}: the session was{' not' if case.resumed else ''} resumed")
    seconds = service.when - passage.begin + 1.5 * round_trip  # the reply's way, and TCP's handshake
    return Visit(service.taken, service.taken - service.greeted, passage.sent, passage.received, passage.packets,
                 seconds)
