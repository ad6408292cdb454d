"""The server's side of a session: by RFC 5321, but for the answers that an attack puts in their place."""

import contextlib
import dataclasses
import select

from tls_servers import GONE

OFFERS = ("ENHANCEDSTATUSCODES", "8BITMIME")


@dataclasses.dataclass
class Record:
    """What all connections of a server saw. `kept`: (content, recipients) of each mail for which a whole 250 went out.
    `lines`: the commands. `login`: what came in answer to a challenge."""

    kept: list = dataclasses.field(default_factory=list)
    refused: list = dataclasses.field(default_factory=list)
    lines: list = dataclasses.field(default_factory=list)
    login: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)
    poured: int = 0  # octets of a flood that the client let in

    def verbs(self):
        return [line.split(b" ")[0].strip().upper().decode("latin-1") for line in self.lines]


class Close(Exception):
    """To be raised where an answer ends the connection."""


class Session:
    """`answers`: verb, or "greeting" or "content", -> what is said in place of the usual: lines, or a function of the
    session and the client's line, which may raise Close. They hold where the mail goes, in TLS if the mode has it;
    `before_tls` holds in clear, where TLS is still to come."""

    def __init__(self, peer, record, mode, context, offers=OFFERS, answers=None, before_tls=None):
        self.peer, self.record, self.mode, self.context = peer, record, mode, context
        self.offers, self.answers, self.before_tls = offers, answers or {}, before_tls or {}
        self.recipients, self.content = [], b""

    def run(self):
        with contextlib.suppress(Close):
            if self.mode == "implicit":
                self.peer.start_tls(self.context)
            self.answer("greeting", b"")
            while line := self.peer.reader.readline():
                self.record.lines.append(line)
                self.answer(line.split(b" ")[0].strip().upper().decode("latin-1"), line)

    @property
    def is_secure(self):
        return self.mode == "none" or self.peer.tls is not None

    def answer(self, verb, line):
        answers = self.answers if self.is_secure or verb == "greeting" else self.before_tls
        given = answers.get(verb)
        if callable(given):
            given(self, line)
        elif given is not None:
            self.peer.say(*([given] if isinstance(given, (str, bytes)) else given))
        else:
            getattr(self, "on_" + verb.lower(), self.on_other)(line)

    def on_greeting(self, _):
        self.peer.say("220 hostile.example.com ESMTP")

    def on_ehlo(self, _):
        self.offer(*self.offers, *([] if self.is_secure else ["STARTTLS"]))

    def offer(self, *words):
        lines = ["hostile.example.com", *words]
        self.peer.say(*[f"250{'-' if number + 1 < len(lines) else ' '}{line}" for number, line in enumerate(lines)])

    def on_starttls(self, _):
        self.peer.say("220 2.0.0 go on")
        self.peer.start_tls(self.context)

    def on_auth(self, line, reply="235 2.7.0 welcome"):
        words = line.split()
        if len(words) == 2:
            for challenge in {b"LOGIN": ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"]}.get(words[1].upper(), [""]):
                self.peer.say(f"334 {challenge}")
                self.record.login.append(self.peer.reader.readline())
        self.peer.say(reply)

    def on_mail(self, _):
        self.recipients = []
        self.peer.say("250 2.1.0 fine")

    def on_rcpt(self, line):
        self.recipients.append(line)
        self.peer.say("250 2.1.5 fine")

    def on_data(self, _):
        self.peer.say("354 go on")
        self.content = self.peer.hear_content()
        self.answer("content", b"")

    def on_content(self, _):
        self.keep()
        self.peer.say("250 2.0.0 kept")

    def keep(self):
        self.record.kept.append((self.content, self.recipients))

    def refuse(self, line, reply):
        self.record.refused.append(line)
        self.peer.say(reply)

    def on_quit(self, _):
        self.peer.say("221 2.0.0 bye")
        raise Close

    def on_rset(self, _):
        self.peer.say("250 2.0.0 forgotten")

    def on_other(self, _):
        self.peer.say("500 5.5.1 what")


def flood(beginning, piece):
    """An answer without end, until the client ends the connection."""
    def answer(session, _):
        session.peer.connection.sendall(beginning)
        block = piece * (65536 // len(piece) + 1)
        while True:
            session.peer.connection.sendall(block)
            session.record.poured += len(block)
    return answer


def kept_and(answer):
    """To the content: the server has the mail, and then says this."""
    def both(session, line):
        session.keep()
        answer(session, line)
    return both


def say(*lines):
    return lambda session, _: session.peer.say(*lines)


def drip(piece, seconds=0.1):
    """An answer that goes on so slowly that no wait for the next octet ever takes long."""
    def answer(session, _):
        while not has_left(session, seconds):
            session.peer.connection.sendall(piece)
        raise Close
    return answer


def has_left(session, seconds):
    """Waits so long for the client to end the connection; what it says is not heard."""
    connection = session.peer.wire.connection
    return bool(select.select([connection], [], [], seconds)[0]) and not session.peer.wire.recv()


def stall(session, _):
    with contextlib.suppress(*GONE):
        session.peer.stall()
    raise Close


def close_after(octets):
    """The beginning of an answer, and then the end of the connection."""
    def answer(session, _):
        session.peer.connection.sendall(octets)
        raise Close
    return answer
