"""Proxies that lie about lengths, kinds and ends, or put words into the server's mouth."""

import itertools

from attacks_tls import take, take_socks5
from session import Close, Session, drip, flood
from trial import MODES, Attack, Case, Mail, is_one_of

GRANTED_4, GRANTED_5 = b"\0\x5a" + bytes(6), b"\5\0\0\1" + bytes(6)
ROW = "proxy lies"


def take_socks4a(peer):
    """Returns the name that was asked for."""
    take(peer, 8)
    until_nul(peer)
    return until_nul(peer)


def until_nul(peer):
    found = b""
    while not found.endswith(b"\0"):
        found += take(peer, 1)
    return found[:-1]


def take_http(peer):
    line = peer.reader.readline()
    while peer.reader.readline().strip():
        pass
    return line.split()[1].rpartition(b":")[0]


TAKE = {"socks4a": take_socks4a, "socks5h": take_socks5, "http": take_http}
GRANT = {"socks4a": [GRANTED_4, b"\0\x5a" + b"\xff" * 6],
         "socks5h": [GRANTED_5, b"\5\0\0\4" + bytes(18), b"\5\0\0\3\0\0\0", b"\5\0\0\3\1a\0\0",
                     b"\5\0\0\3\xff" + b"a" * 257, b"\5\0\0\3\xfe" + b"a" * 256],
         "http": [b"HTTP/1.1 200 fine\r\n\r\n", b"HTTP/1.0 200\r\nVia: here\r\n\r\n",
                  b"HTTP/1.1 100 wait\r\n\r\nHTTP/1.1 103 hints\r\nLink: x\r\n\r\nHTTP/1.1 200 fine\r\n\r\n",
                  b"HTTP/1.1 200 fine\r\nX: " + b"y" * 4000 + b"\r\n\r\n"]}
LIES = {
    "socks4a": {"refused": b"\0\x5b" + bytes(6), "version 4": b"\4\x5a" + bytes(6),
                "nonsense": b"HTTP/1.1 200 fine\r\n\r\n", "half": b"\0\x5a\0", "nothing": b""},
    "socks5h": {"refused": b"\5\1\0\1" + bytes(6), "version 4": b"\4\0\0\1" + bytes(6),
                "address type 0": b"\5\0\0\0" + bytes(6), "address type 2": b"\5\0\0\2" + bytes(6),
                "address type 255": b"\5\0\0\xff" + bytes(6),
                "half": b"\5\0\0\3\xffaaaa", "reply 255": b"\5\xff\0\1" + bytes(6), "nothing": b""},
    "http": {"refused": b"HTTP/1.1 403 no\r\n\r\n", "no status": b"HTTP/1.1 \r\n\r\n",
             "status 2000": b"HTTP/1.1 2000 x\r\n\r\n", "status -200": b"HTTP/1.1 -200 x\r\n\r\n",
             "HTTP/9": b"HTTP/9.9 200 x\r\n\r\n", "half": b"HTTP/1.1 200 fi",
             "SMTP": b"220 mail.example.com ESMTP\r\n\r\n", "NULs": bytes(4000), "switching protocols":
             b"HTTP/1.1 101 go\r\n\r\n", "nothing": b""},
}
METHODS = {"no method": b"\5\xff", "GSSAPI": b"\5\1", "a login nobody has": b"\5\2", "method 128": b"\5\x80",
           "version 4": b"\4\0", "version 0": b"\0\0"}
HOSTS = {length: ".".join(["a" * 49] * 6)[:length].rstrip(".").ljust(length, "b")
         for length in (0, 1, 253, 254, 255, 256, 300)}


def schemes(client):
    return [scheme for scheme in TAKE if scheme in client.schemes] or ["socks5h"]


def lengths(client):
    """The proxy must be asked for exactly this host, or for none."""
    for scheme, (length, host) in itertools.product(schemes(client), HOSTS.items()):
        def script(peer, record, _, scheme=scheme):
            record.notes.append(TAKE[scheme](peer))

        def judge(trial, host=host):
            return "asked for another host" if any(note != host.encode() for note in trial.record.notes) else None

        yield Case(f"{scheme}, {length} octets", Mail(host=host, proxy=(scheme, None)), script=script, judge=judge)


def shapes(client):
    """Answers that are right, with the server's greeting in the same segment."""
    for scheme, mode in itertools.product(schemes(client), ("none", "starttls")):
        for number, granted in enumerate(GRANT[scheme]):
            yield Case(f"{scheme}, answer {number + 1}, {mode}", Mail(mode, proxy=(scheme, None)),
                       script=granting(scheme, granted, mode), judge=must_arrive)


def granting(scheme, granted, mode):
    def script(peer, record, context):
        TAKE[scheme](peer)
        Session(peer, record, mode, context, answers={"greeting": lambda session, _: session.peer.connection.sendall(
            granted + b"220 glued.example.com\r\n")}).run()
    return script


def must_arrive(trial):
    return None if trial.record.kept else "failed though nothing was wrong"


def glued_before_tls(client):
    """Answers in clear behind the proxy's, where TLS is due: implicit at once, or behind STARTTLS."""
    for scheme in schemes(client):
        for glued in (b"220 evil.example.com\r\n", b"220 evil\r\n250-evil\r\n250 AUTH PLAIN\r\n", b"\x16", b"\0"):
            def script(peer, record, context, scheme=scheme, glued=glued):
                TAKE[scheme](peer)
                peer.connection.sendall(GRANT[scheme][0] + glued)
                peer.start_tls(context)
                record.notes.append("TLS")

            yield Case(f"{scheme}, {glued[:8]!r}", Mail("implicit", proxy=(scheme, None)), script=script,
                       exact=is_one_of("tls_plain_text"))


def lies(client):
    for scheme, mode in itertools.product(schemes(client), MODES):
        for label, octets in LIES[scheme].items():
            yield refused(f"{scheme}, {label}, {mode}", scheme, mode, octets)
    if "socks5h" in schemes(client):
        for label, octets in METHODS.items():
            yield Case(f"socks5h, {label}", Mail(proxy=("socks5h", None)), script=choosing(octets), exact=not_sent)


def refused(label, scheme, mode, octets):
    def script(peer, record, context):
        TAKE[scheme](peer)
        peer.connection.sendall(octets)
        if octets and label.split(", ")[1] not in ("half", "nothing"):
            Session(peer, record, mode, context).run()

    def judge(trial):
        return "took a refusal for a yes" if trial.record.lines and "refused" in label else None
    return Case(label, Mail(mode, proxy=(scheme, None)), script=script, judge=judge, exact=not_sent)


def not_sent(result):
    found = result["outcome"], result["phase"]
    return None if found == ("not_sent", "proxy") else f"{found[0]} in {found[1]}"


def choosing(octets):
    def script(peer, _record, _context):
        _, count = take(peer, 2)
        take(peer, count)
        peer.connection.sendall(octets)
        peer.stall()
    return script


class Proxied:
    """What flood() and drip() want of a session."""

    def __init__(self, peer, record):
        self.peer, self.record = peer, record


def endless(client):
    floods = {"socks4a": {}, "socks5h": {},
              "http": {"a header of 1 MB": (b"HTTP/1.1 200 fine\r\nX: ", b"y"), "headers without end":
                       (b"HTTP/1.1 200 fine\r\n", b"X: y\r\n"), "1xx without end": (b"", b"HTTP/1.1 100 wait\r\n\r\n"),
                       "a reason without end": (b"HTTP/1.1 200 ", b"y"), "empty lines": (b"", b"\r\n")}}
    drips = {"socks4a": b"\0", "socks5h": b"a", "http": b"H"}
    beginnings = {"socks4a": b"", "socks5h": b"\5\0\0\3\xff", "http": b"HTTP/1.1 200 "}
    for scheme in schemes(client):
        for label, (beginning, piece) in floods[scheme].items():
            yield endless_case(f"{scheme}, {label}", scheme, flood(beginning, piece), 5.0)
        yield endless_case(f"{scheme}, drip", scheme, dripping(beginnings[scheme], drips[scheme]), 1.0)


def dripping(beginning, piece):
    def answer(session, line):
        session.peer.connection.sendall(beginning)
        drip(piece)(session, line)
    return answer


def endless_case(label, scheme, answer, seconds):
    def script(peer, record, _):
        TAKE[scheme](peer)
        try:
            answer(Proxied(peer, record), b"")
        except Close:
            pass
    return Case(label, Mail(proxy=(scheme, None), seconds=seconds), script=script)


ATTACKS = [
    Attack("host names of 0 to 300 octets", ROW, "curl CVE-2023-38545",
           "the proxy must be asked for exactly this host, or not at all", lengths),
    Attack("answers of every shape", ROW, "lwIP altcp",
           "bound addresses of type 1, 3 and 4, 1xx first, and the server's greeting in the same segment: the mail "
           "arrives", shapes),
    Attack("clear text before TLS", ROW, "", "octets in the same segment as the proxy's answer, where TLS is due",
           glued_before_tls),
    Attack("lies", ROW, "", "versions, methods, address types and statuses that are none; answers cut short", lies),
    Attack("answers without end", ROW, "", "a header of 1 MB, headers, reasons or 1xx for ever, and drips", endless),
]
