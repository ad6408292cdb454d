"""The mails: how the program is told to make each, and the octets that have to arrive."""

import program
from axes import EIGHT_BIT, MIME, SMTPUTF8, TEXT

FIXED = ["--message-id", "<1@example.com>", "--date", "Sat, 21 Nov 2026 04:53:45 +0000"]
ENVELOPE = ["--from", "pump@example.com", "--to", "ops@example.com"]
UTF8_ENVELOPE = ["--from", "Pümpe <pümpe@example.com>", "--to", "höhe@example.com"]
DOTS = ".\n..\n.three\n\n.\ntrailing blank \nend"
RAW = b"From: pump@example.com\r\nTo: ops@example.com\r\nDate: Sat, 21 Nov 2026 04:53:45 +0000\r\n" \
      b"Message-ID: <1@example.com>\r\nSubject: 8bit\r\nMIME-Version: 1.0\r\n" \
      b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" \
      b".\r\n" + bytes(range(160, 256)) + b" \r\n." + b"\xfc" * 997 + b"\r\n..\r\n"
ATTACHMENT = bytes(range(256)) * 300


class Mails:
    """`place`: a directory for what is attached."""

    def __init__(self, place):
        attached = place / "curve.bin"
        attached.write_bytes(ATTACHMENT)
        (place / "log.csv").write_text("a;b\n" + "1;2\n" * 500, encoding="utf-8")
        self.arguments = {
            TEXT: [*ENVELOPE, *FIXED, "--subject", "Tank low", "--text", DOTS],
            MIME: [*ENVELOPE, *FIXED, "--subject", "Füllstand", "--text", DOTS, "--html", "<p>Füllstand 3 %</p>",
                   "--attach", str(attached), "--attach", str(place / "log.csv")],
            EIGHT_BIT: [*ENVELOPE, "--raw", "-"],
            SMTPUTF8: [*UTF8_ENVELOPE, *FIXED, "--subject", "Füllstand", "--text", "Höhe 3 %\n" + DOTS],
        }
        self.stdin = {mail: RAW if mail == EIGHT_BIT else b"" for mail in self.arguments}
        self.octets = {mail: RAW if mail == EIGHT_BIT else printed(arguments)
                       for mail, arguments in self.arguments.items()}


def printed(arguments):
    """What the program says that it would send."""
    code, stdout, stderr = program.run("send", "--print", *arguments)
    assert (code, stderr) == (0, b""), (code, stderr)
    return stdout
