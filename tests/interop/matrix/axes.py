"""What can be chosen for a mail, and how the program is told."""

import itertools
import typing

DIRECT, SOCKS4, SOCKS4A, SOCKS5, SOCKS5_LOGIN, CONNECT, CONNECT_LOGIN = WAYS = (
    "direct", "SOCKS4", "SOCKS4a", "SOCKS5", "SOCKS5 with password", "CONNECT", "CONNECT with Basic")
NONE, STARTTLS, IMPLICIT, AUTO_STARTTLS, AUTO_IMPLICIT = SECURITIES = (
    "none", "STARTTLS", "implicit", "Auto, finds STARTTLS", "Auto, finds implicit")
NOBODY, PLAIN, LOGIN, CRAM_MD5, SCRAM_1, SCRAM_256, XOAUTH2, OAUTHBEARER, EXTERNAL = LOGINS = (
    "nobody", "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER", "EXTERNAL")
DATA, PIPELINED, BDAT = TRANSFERS = ("DATA", "DATA, pipelined", "BDAT")
TEXT, MIME, EIGHT_BIT, SMTPUTF8 = MAILS = ("text", "MIME with attachments", "8bit", "SMTPUTF8")


class Case(typing.NamedTuple):
    security: str
    login: str
    way: str
    transfer: str
    mail: str


AXES = {"Security": SECURITIES, "Login": LOGINS, "Way": WAYS, "Transfer": TRANSFERS, "Mail": MAILS}
ALL = [Case(*values) for values in itertools.product(*AXES.values())]

# What the server speaks, which is what the program is to find.
SPOKEN = {NONE: "none", STARTTLS: "starttls", IMPLICIT: "implicit", AUTO_STARTTLS: "starttls",
          AUTO_IMPLICIT: "implicit"}
GREETING_TIMEOUT = 1500  # ms, for which Auto waits for what a server with implicit TLS will not say

SECURITY_OPTIONS = {
    NONE: ["--security", "none", "--allow-clear", "--allow-cleartext-credentials"],
    STARTTLS: ["--security", "starttls"],
    IMPLICIT: ["--security", "implicit"],
    AUTO_STARTTLS: ["--security", "auto"],
    AUTO_IMPLICIT: ["--security", "auto", "--greeting-timeout", str(GREETING_TIMEOUT)],
}
TRANSFER_OPTIONS = {DATA: ["--no-chunking", "--no-pipelining"], PIPELINED: ["--no-chunking"], BDAT: []}
TRANSFER_NEEDS = {DATA: None, PIPELINED: "PIPELINING", BDAT: "CHUNKING"}
MAIL_NEEDS = {TEXT: None, MIME: None, EIGHT_BIT: "8BITMIME", SMTPUTF8: "SMTPUTF8"}
