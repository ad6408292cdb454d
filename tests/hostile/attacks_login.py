"""Passwords that are lured out, and challenges that are too long or no base64."""

import base64

from clients import LOGIN
from session import OFFERS, Close
from trial import SECRETS, Attack, Case, Mail, is_one_of

CHALLENGED = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER")
SIZES = (0, 1, 63, 64, 255, 256, 257, 511, 512, 513, 1024, 4096, 16384, 65536)
BROKEN = {"no base64": b"%%%%", "bits left over": b"QQ=", "padding inside": b"QQ==QQ==", "one octet": b"Q",
          "a blank": b"QUJD RA==", "8 bits": b"\xff\xfe\xfd\xfc", "NUL": b"QUJD\0RUZH", "no challenge": b"",
          "a hyphen": b"-", "64 KB of =": b"=" * 65536}
SCRAM = {"no iterations": b"r=%s,s=QUJDRA==,i=0", "too many iterations": b"r=%s,s=QUJDRA==,i=4294967295",
         "iterations beyond all numbers": b"r=%s,s=QUJDRA==,i=99999999999999999999", "no salt": b"r=%s,s=,i=4096",
         "a salt of 64 KB": b"r=%s,s=" + b"QUFB" * 16384 + b",i=4096", "another nonce": b"r=evil,s=QUJDRA==,i=4096",
         "an extension that must be known": b"m=evil,r=%s,s=QUJDRA==,i=4096"}


def in_clear_by_default(_):
    for offered in ("PLAIN", "LOGIN", "PLAIN LOGIN CRAM-MD5"):
        yield Case(offered, Mail(login=LOGIN), offers=(*OFFERS, f"AUTH {offered}"), judge=showed_the_password,
                   exact=is_one_of("cleartext_credentials_refused"))


def showed_the_password(trial):
    """Whatever was said in whatever way, in TLS too."""
    said = b"".join(trial.record.lines + trial.record.login)
    words = [base64_decoded(word) for word in said.split()] + [said]
    return "sent the password in clear" if any(secret in word for word in words for secret in SECRETS) else None


def base64_decoded(word):
    try:
        return base64.b64decode(word, validate=True)
    except ValueError:
        return b""


def downgrade(_):
    for mode in ("none", "starttls", "implicit"):
        for offered in ("AUTH PLAIN LOGIN", "AUTH=PLAIN", "AUTH LOGIN"):
            for mechanism in ("CRAM-MD5", "SCRAM-SHA-256"):
                yield Case(f"{offered} in place of {mechanism}, {mode}",
                           Mail(mode, login=LOGIN, mechanism=mechanism, clear_login=True), offers=(*OFFERS, offered),
                           judge=fell_back, exact=is_one_of("no_mechanism", "auth_not_offered", "no_common_mechanism"))


def fell_back(trial):
    return showed_the_password(trial) and "fell back to a mechanism that sends the password"


def challenge(text):
    """`text`: of the reply behind 334; the login is refused afterwards, whatever comes."""
    def answer(session, line):
        made = text(line) if callable(text) else text
        session.peer.connection.sendall(b"334 " + made + b"\r\n")
        more = session.peer.reader.readline()
        session.record.login.append(more)
        if not more:
            raise Close
        session.peer.say("535 5.7.8 no")
    return answer


def challenged(mechanism, mode, label, text):
    return Case(f"{mechanism}, {label}, {mode}", Mail(mode, login=LOGIN, mechanism=mechanism, clear_login=True),
                offers=(*OFFERS, f"AUTH {mechanism}"), answers={"AUTH": challenge(text)},
                exact=lambda result: None if result["outcome"] == "not_sent" else result["outcome"])


def modes_of(mechanism):
    """Each mode once for each kind of mechanism; the code behind does not know the mode."""
    return {"LOGIN": ("none", "starttls"), "CRAM-MD5": ("none", "starttls", "implicit"),
            "SCRAM-SHA-256": ("none", "implicit")}.get(mechanism, ("implicit",))


def lengths(client):
    for mechanism in [known for known in CHALLENGED if known in client.mechanisms]:
        for mode in modes_of(mechanism):
            for size in SIZES if mode == "none" or len(modes_of(mechanism)) == 1 else SIZES[-3:]:
                yield challenged(mechanism, mode, f"{size} octets", base64.b64encode(b"c" * size))


def broken(client):
    for mechanism in [known for known in CHALLENGED if known in client.mechanisms]:
        for label, text in BROKEN.items():
            yield challenged(mechanism, modes_of(mechanism)[0], label, text)


def scram(_):
    for label, text in SCRAM.items():
        def server_first(line, text=text):
            first = base64_decoded(line.split()[2]) if len(line.split()) > 2 else b"r="
            nonce = first.partition(b"r=")[2] + b"server"
            return base64.b64encode(text.replace(b"%s", nonce))
        yield challenged("SCRAM-SHA-256", "none", label, server_first)


OVERFLOW = "SASL challenge overflow"
ATTACKS = [
    Attack("password without TLS", "credentials in clear", "curl, smtplib, nodemailer, swaks by default",
           "AUTH is offered on a connection in clear, and the user agreed to nothing of the kind", in_clear_by_default),
    Attack("downgrade", "SASL downgrade", "all",
           "the user allowed one mechanism that keeps the password; the server offers only such as send it", downgrade),
    Attack("challenges of 0 to 64 KB", OVERFLOW, "curl six times, lwIP smtp", "334 with so many octets in base64",
           lengths),
    Attack("challenges that are no base64", OVERFLOW, "", "334 with something else", broken),
    Attack("SCRAM's numbers", OVERFLOW, "", "0, 2^32 - 1 or 10^20 iterations, no salt or one of 64 KB, a foreign nonce",
           scram),
]
