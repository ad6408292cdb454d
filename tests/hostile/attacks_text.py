"""Bodies that break out, arguments that carry commands, and replies that speak to the terminal."""

import itertools
import re

from clients import LOGIN
from session import OFFERS, Close, kept_and, say
from trial import SECRETS, Attack, Case, Mail

LAST = b"the last line of this mail"
EVIL = b"MAIL FROM:<evil@example.com>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nSubject: evil\r\n\r\nevil\r\n"
ENDS = [b"\r\n.\r\n", b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r.\r\n", b"\r\n.\r", b"\n.\r", b"\r.\n",
        b"\n\r.\r\n", b"\r\n.\r\r\n", b"\r\n\0.\r\n", b"\r\n.\0\r\n", b"\r\n.. \r\n", b"\r\n..\r\n", b"\r\r\n.\r\r\n"]
LENIENT = re.compile(rb"(?:\r\n|\n|\r)\.(?:\r\n|\n|\r)")


def sneaky_server(session, _):
    """Reads on over whatever looks like an end, until the end behind LAST; keeps the octets as they came."""
    session.peer.say("354 go on")
    raw = bytearray()
    while not (raw.endswith(b"\r\n.\r\n") and LAST in raw[-100:]):
        octets = session.peer.reader.read()
        if not octets:
            raise Close
        raw += octets
    session.content = bytes(raw)
    session.answer("content", b"")


def mails_seen(trial):
    for content, _ in trial.record.kept:
        if content.find(b"\r\n.\r\n") != len(content) - 5:
            return "broke out: a strict server sees more than one mail"
        if LENIENT.search(content).end() != len(content):
            return "broke out: a server that takes a lone LF or CR for the end of a line sees more than one mail"
    return None


def breaking_out(_):
    for begin, mode in itertools.product(ENDS, ("none", "implicit")):
        body = b"Subject: x\r\n\r\ntext" + begin + EVIL + LAST + b"\r\n"
        yield body_case(f"{begin!r}, {mode}", mode, body)
    for mode in ("none", "starttls", "implicit"):
        yield body_case(f"all over CR, LF, dot and a up to 8 octets, {mode}", mode, all_bodies())
    for start in (b".", b".\r\n", b".\n", b".\r", b"..", b"\n.\n", b"\r.\r", b"\r\n.\r\n"):
        yield body_case(f"begins with {start!r}", "none", start + LAST + b"\r\n")
    for tail in (b"", b"\n", b"\r", b"\r\n.", b"\n.", b".", b"\r\n.\r", b"\r\n.\n", b"\n.\r\n"):
        yield body_case(f"ends with {tail!r}", "none", b"Subject: x\r\n\r\n" + LAST + tail)


def all_bodies():
    """Every body, one behind the other: what ends one is text that could end no other."""
    words = (bytes(word) for size in range(1, 9) for word in itertools.product(b"\r\n.a", repeat=size))
    return b"Subject: x\r\n\r\n" + b"b".join(words) + b"b" + LAST + b"\r\n"


def body_case(label, mode, body):
    return Case(label, Mail(mode, content=body), answers={"DATA": sneaky_server}, judge=mails_seen,
                exact=lambda result: None if result["outcome"] == "accepted" else result["status"])


COMMANDS = ["\r\nRCPT TO:<victim@example.com>", "\nRCPT TO:<victim@example.com>", "\rRCPT TO:<victim@example.com>",
            ">\r\nRCPT TO:<victim@example.com>\r\nNOOP <", "\r\nDATA\r\nSubject: evil\r\n\r\n.\r\n", "\r\n", "\n", "\r",
            "> RCPT TO:<victim@example.com"]
HEADERS = ["x\r\nBcc: victim@example.com", "x\nBcc: victim@example.com", "x\rBcc: victim@example.com",
           "x\r\n\r\nevil text", "x\n\nevil text", "x\r\n.\r\nMAIL FROM:<evil@example.com>", "x\n", "x\r\n ",
           "x\x0bBcc: victim@example.com"]
CONTROLS = [chr(code) for code in [*range(1, 32), 127]]
KNOWN = {"EHLO", "HELO", "MAIL", "RCPT", "DATA", "QUIT", "RSET", "STARTTLS", "AUTH", "", "NOOP"}


def only_own_commands(trial):
    """Each command once, for the one recipient, and no line that holds a lone CR or LF."""
    lines = [line for line in trial.record.lines if not line.startswith((b"EHLO", b"HELO", b"QUIT", b"RSET"))]
    if any(line.upper().startswith(b"RCPT TO:<VICTIM@") for line in lines):
        return "ran a command from an argument"
    if len([line for line in lines if line.upper().startswith(b"RCPT")]) > 1:
        return "sent to a recipient more"
    if any(b"\r" in line[:-2] or not line.endswith(b"\r\n") for line in trial.record.lines if line.strip()):
        return "let a lone CR or LF of an argument through"
    if any(octet < 32 or octet == 127 for line in trial.record.lines for octet in line[:-2]):
        return "let a control character of an argument through"
    if set(trial.record.verbs()) - KNOWN:
        return "ran a command from an argument"
    return None


def through_arguments(_):
    for text in COMMANDS + [f"x{control}y" for control in CONTROLS]:
        for place in ("sender", "recipient", "helo", "user"):
            yield Case(f"{place} {text!r}", with_argument(place, text), offers=(*OFFERS, "AUTH LOGIN"),
                       judge=only_own_commands)


def with_argument(place, text):
    if place == "sender":
        return Mail(sender=f"pump{text}@example.com" if len(text) == 3 else f"pump@example.com{text}")
    if place == "recipient":
        recipient = f"ops{text}@example.com" if len(text) == 3 else f"ops@example.com{text}"
        return Mail(recipients=(recipient,))
    if place == "helo":
        return Mail(helo=f"client{text}.example.com")
    return Mail(login=(f"pump{text}", LOGIN[1]), mechanism="LOGIN", clear_login=True)


def own_headers(trial):
    for content, _ in trial.record.kept:
        head, _, text = content.partition(b"\r\n\r\n")
        if re.search(rb"(?:^|[\r\n\x0b])Bcc:", head, re.IGNORECASE) or text.startswith(b"evil text") or b"\n\n" in head:
            return "a header from an argument"
        if re.search(rb"\r(?!\n)|(?<!\r)\n", content):
            return "let a lone CR or LF of an argument through"
    return only_own_commands(trial)


def through_headers(_):
    for name in ("Subject", "X-Tank", "Reply-To", "Message-ID"):
        for text in HEADERS + [f"x{control}y" for control in CONTROLS if control in "\r\n"]:
            yield Case(f"{name} {text!r}", Mail(text={name: text}), judge=own_headers)
    for text in HEADERS:
        yield Case(f"name {text!r}", Mail(text={f"X-{text}": "x"}), judge=own_headers)


NASTY = (b"\x1b[2J\x1b]0;owned\x07 \x08\x08 \x00 \x9b31m \xc2\x9b31m \x7f \x0e " + bytes(range(1, 9)) + b" \xff\xfe")
RAW = re.compile(rb"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|(?<![\xc2-\xf4\x80-\xbf])[\x80-\x9f]")
PLACES = {"greeting": b"554 ", "EHLO": b"550 ", "MAIL": b"550 5.1.0 ", "RCPT": b"550 5.1.1 ", "DATA": b"554 5.0.0 ",
          "content": b"554 5.7.1 ", "AUTH": b"535 5.7.8 "}


def quiet(trial):
    found = RAW.search(trial.run.out)
    return f"passed {found.group()!r} on to the terminal" if found else None


def to_the_terminal(_):
    for mode in ("none", "implicit"):
        for place, code in PLACES.items():
            mail = Mail(mode, login=LOGIN if place == "AUTH" else None, mechanism="PLAIN" if place == "AUTH" else "",
                        clear_login=True, verbose=True)
            yield Case(f"{place}, {mode}", mail, answers={place: code + NASTY}, offers=(*OFFERS, "AUTH PLAIN"),
                       judge=quiet)
        yield Case(f"an accepted mail, {mode}", Mail(mode, verbose=True), judge=quiet,
                   answers={"content": kept_and(say(b"250 2.0.0 " + NASTY))})
        yield Case(f"extensions, {mode}", Mail(mode, verbose=True), judge=quiet,
                   answers={"EHLO": [b"250-x", b"250 X" + NASTY]})


def secrets_shown(trial):
    return "showed the password" if any(secret in trial.run.out for secret in SECRETS) else None


def in_the_log(client):
    for mechanism in [known for known in ("PLAIN", "LOGIN", "XOAUTH2") if known in client.mechanisms]:
        for reply in ("235 2.7.0 welcome", "535 5.7.8 no"):
            yield Case(f"{mechanism}, {reply[:3]}", Mail("implicit", login=LOGIN, mechanism=mechanism, verbose=True),
                       offers=(*OFFERS, f"AUTH {mechanism}"), answers={"AUTH": answering(reply)}, judge=secrets_shown)
        yield Case(f"{mechanism}, repeated by the server", Mail("implicit", login=LOGIN, mechanism=mechanism),
                   offers=(*OFFERS, f"AUTH {mechanism}"), answers={"AUTH": "535 5.7.8 no such user and password"},
                   judge=secrets_shown)


def answering(reply):
    return lambda session, line: session.on_auth(line, reply)


ATTACKS = [
    Attack("body breaks out", "body breaks out (dot, smuggling)",
           "lettre CVE-2021-38189; ReadyMail, EMailSender run a second mail",
           "every body over CR, LF, dot and a letter up to 8 octets; every way to write an end, with another mail "
           "behind it; a strict and a lenient server must both see one mail", breaking_out),
    Attack("commands in arguments", "CR, LF, NUL in any user string", "many CVEs",
           "CR, LF, other control characters and whole commands in sender, recipient, EHLO name and user",
           through_arguments),
    Attack("headers in arguments", "CR, LF, NUL in any user string", "ReadyMail display name, EMailSender subject",
           "line ends and headers in subject, other headers and their names", through_headers),
    Attack("replies to the terminal", "terminal and log", "nodemailer, libESMTP pass ESC raw",
           "C0, C1, ESC and NUL in every reply; what the client prints while it shows the dialogue must hold none",
           to_the_terminal),
    Attack("the password in the log", "terminal and log", "",
           "what the client prints while it shows the dialogue holds neither the password nor its base64", in_the_log),
]
