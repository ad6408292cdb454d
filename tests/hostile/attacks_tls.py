"""What goes around TLS: injected answers, STARTTLS stripped, and certificates of somebody else."""

import struct

from clients import LOGIN
from session import OFFERS, Close, Session, close_after, say, stall
from tls_servers import RECORD
from trial import Attack, Case, Mail, is_one_of

GO_ON = b"220 2.0.0 go on\r\n"
EHLO = b"250-evil.example.com\r\n250 AUTH PLAIN LOGIN\r\n"
EVIL = {
    "an answer to EHLO": EHLO,
    "a whole session": EHLO + b"235 in\r\n" + b"250 ok\r\n" * 2 + b"354 go\r\n250 got\r\n",
    "a line": b"250 evil\r\n",
    "200 lines": b"250 x\r\n" * 200,
    "another 220": b"220 again\r\n",
    "half a line": b"250-",
    "an octet": b"2",
    "an empty line": b"\r\n",
    "NUL": b"\0",
}
NOT_TLS = ("tls_plain_text", "tls_broken_record")
PATIENCE = 0.3  # seconds in which a client that was not fooled says nothing


class TakenIn(Session):
    """In TLS the answer to EHLO is held back: who says the next command all the same believed one from before TLS."""

    def on_ehlo(self, line):
        if self.is_secure:
            self.peer.wire.connection.settimeout(PATIENCE)
            try:
                more = self.peer.reader.readline()
            except TimeoutError:
                raise Close from None
            if more:
                command = more.split()[0].decode()
                self.record.notes.append(f"took an injected answer for one from TLS and said {command}")
            raise Close
        super().on_ehlo(line)


def injected(evil, piece=None):
    def starttls(session, _):
        session.peer.wire.sendall(GO_ON + evil, piece)
        session.peer.start_tls(session.context)
    return starttls


def after_client_hello(evil):
    def starttls(session, _):
        wire = session.peer.wire
        wire.sendall(GO_ON)
        begin = len(wire.came)
        while bytes([RECORD]) not in wire.came[begin:]:
            if not wire.recv():
                raise Close
        wire.sendall(evil)
        stall(session, b"")
    return starttls


def injection_case(label, starttls, *statuses):
    def script(peer, record, context):
        TakenIn(peer, record, "starttls", context, OFFERS, before_tls={"STARTTLS": starttls}).run()

    def judge(trial):
        return next((note for note in trial.record.notes if note.startswith("took")), None)

    def exact(result):
        return "believed what was injected" if "evil" in str(result["capabilities"]) else is_one_of(*statuses)(result)
    return Case(label, Mail("starttls", login=LOGIN), script=script, judge=judge, exact=exact)


def same_segment(_):
    for label, evil in EVIL.items():
        yield injection_case(label, injected(evil), "starttls_injection")


def octet_by_octet(_):
    for label in ("an answer to EHLO", "a line"):
        yield injection_case(label, injected(EVIL[label], 1), "starttls_injection", *NOT_TLS)


def delayed(_):
    for label in ("an answer to EHLO", "200 lines"):
        yield injection_case(label, after_client_hello(EVIL[label]), *NOT_TLS)


def garbage(session, _):
    session.peer.connection.sendall(GO_ON)
    session.peer.wire.recv()
    session.peer.connection.sendall(b"\0\xffgarbage" * 20)
    raise Close


REFUSALS = {"454": say("454 4.7.0 not now"), "500": say("500 5.5.1 what"), "502": say("502 5.5.1 no"),
            "250": say("250 fine"), "354": say("354 go on"), "220 and the end": close_after(GO_ON),
            "220 and garbage": garbage, "the end": close_after(b"")}


class Clear(Session):
    """A server that would take everything in clear."""

    def on_ehlo(self, _):
        self.offer(*OFFERS, "AUTH PLAIN LOGIN", *(["STARTTLS"] if "STARTTLS" in self.before_tls else []))


def clear_server(refusal):
    def script(peer, record, context):
        Clear(peer, record, "starttls", context, before_tls={"STARTTLS": refusal} if refusal else {}).run()
    return script


def stripped(client):
    """Also in mailmote's Auto."""
    modes = ["starttls"] + (["auto"] if client.name == "mailmote" else [])
    for mode in modes:
        for label, refusal in {"absent": None, **REFUSALS}.items():
            yield Case(f"{label}, {mode}", Mail(mode, login=LOGIN, seconds=4.0 if mode == "auto" else 5.0),
                       script=clear_server(refusal),
                       exact=lambda result: None if result["outcome"] == "not_sent" else result["outcome"])


STRANGERS = {"wrong_host": "tls_wrong_host", "cn_only": "tls_wrong_host", "wildcard_for_all": "tls_wrong_host",
             "wildcard_in_word": "tls_wrong_host", "expired": "tls_certificate_expired",
             "not_yet_valid": "tls_certificate_not_yet_valid", "self_signed": "tls_untrusted",
             "unknown_ca": "tls_untrusted", "missing_intermediate": "tls_untrusted",
             "signed_by_a_leaf": "tls_untrusted", "for_clients_only": "tls_bad_certificate"}
STRANGE_ADDRESSES = ("wrong_address", "no_address", "address_as_name")
NAMES = {"the depth of a wildcard": ("deep.mail.example.com", "wildcard"), "the name above a wildcard":
         ("example.com", "wildcard"), "another host of the domain": ("mail.example.com", "smtp_example_com")}



def strangers(names, host, statuses):
    def cases(_):
        for name in names:
            for mode in ("starttls", "implicit"):
                yield Case(f"{name}, {mode}", Mail(mode, host=host, login=LOGIN), certificate=name, judge=believed,
                           offers=(*OFFERS, "AUTH PLAIN"), exact=is_one_of(*(statuses or [STRANGERS.get(name)])))
    return cases


def believed(trial):
    if trial.record.kept:
        return "believed the certificate and sent the mail"
    in_tls = [line for line in trial.record.lines if line not in trial.in_clear]
    return "believed the certificate" if in_tls else None


def far_names(_):
    """The name is what a proxy is asked for; the proxy is the server."""
    for label, (host, certificate) in NAMES.items():
        for mode in ("starttls", "implicit"):
            yield Case(f"{label}, {mode}", Mail(mode, host=host, proxy=("socks5h", None)), script=behind_socks5(mode),
                       certificate=certificate, judge=believed, exact=is_one_of("tls_wrong_host"))


def behind_socks5(mode):
    def script(peer, record, context):
        take_socks5(peer)
        peer.connection.sendall(b"\5\0\0\1" + struct.pack(">IH", 0, 0))
        Session(peer, record, mode, context).run()
    return script


def take_socks5(peer):
    """The greeting and the request, up to the answer that is due; returns the name that was asked for."""
    _, count = take(peer, 2)
    take(peer, count)
    peer.connection.sendall(b"\5\0")
    kind = take(peer, 4)[3]
    size = {1: 4, 4: 16}.get(kind) or take(peer, 1)[0]
    name = take(peer, size)
    take(peer, 2)
    return name


def take(peer, size):
    """So many octets of what came, and not one more."""
    reader = peer.reader
    while len(reader.buffer) < size:
        octets = reader.layer.recv()
        if not octets:
            raise EOFError("the client went")
        reader.buffer += octets
    found, reader.buffer = reader.buffer[:size], reader.buffer[size:]
    return found


INJECTION, STRIPPED, HOST = "STARTTLS response injection", "STARTTLS stripped or refused", "host check"
ATTACKS = [
    Attack("behind the 220, in one segment", INJECTION, "curl, MailKit, nodemailer (fixed); libESMTP, swaks",
           "answers, or parts of one, in clear with the 220 to STARTTLS", same_segment),
    Attack("behind the 220, octet by octet", INJECTION, "", "the same, an octet a segment", octet_by_octet),
    Attack("behind our ClientHello", INJECTION, "",
           "the same, in place of the server's part of the handshake", delayed),
    Attack("stripped or refused", STRIPPED, "smtplib, curl; ReadyMail sends AUTH PLAIN in clear",
           "STARTTLS is missing, refused or broken off, and the server would take mail and password in clear; the "
           "client was told to use TLS", stripped),
    Attack("certificates of others", HOST, "mailio none; curl with Mbed TLS twice",
           "wrong name, CN only, wildcards that match too much, expired, not yet valid, self-signed, unknown CA, "
           "chains that do not hold",
           strangers(STRANGERS, "localhost", None)),
    Attack("certificates without the address", HOST, "", "the server is named by its IP address, which its certificate "
           "does not hold, or only as a DNS name",
           strangers(STRANGE_ADDRESSES, "127.0.0.1", ["tls_wrong_host"])),
    Attack("wildcards and depth", HOST, "", "*.example.com for a.b.example.com and for example.com", far_names),
]
