#!/usr/bin/env python3
"""What SpamAssassin, without the network, finds in composed mails: nothing about how they are built.

A mail that the program prints as people would send it may say nothing but what such a mail is. The mails of the program
emit_messages (MAILMOTE_EMIT_MESSAGES says where that is) hold random words and odd names, and may say so.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import mail_of_parts  # noqa: E402
import program  # noqa: E402

ALWAYS = {"NO_RECEIVED", "NO_RELAYS", "HTML_MESSAGE"}  # no server has had it yet; it has HTML
OF_PICTURES = {"SB_GIF_AND_NO_URIS", "DC_GIF_UNO_LARGO", "HTML_IMAGE_ONLY_04"}  # beside few words
OF_RANDOM_CONTENT = {
    "EMPTY_MESSAGE": "has no text",
    "MIME_NO_TEXT": "has files alone",
    "MIME_HTML_ONLY": "has HTML alone",
    "MIME_HTML_MOSTLY": "has more HTML than text",
    "HTML_MIME_NO_HTML_TAG": "its HTML has no tags",
    "MPART_ALT_DIFF": "text and HTML say different things",
    "MPART_ALT_DIFF_COUNT": "text and HTML say different things",
    "OBFU_TEXT_ATTACH": "a file named .txt has octets for its type",
    "TO_NO_BRKTS_HTML_IMG": "has a picture in HTML, and a recipient without a name",
    "TO_NO_BRKTS_HTML_ONLY": "has HTML alone, and a recipient without a name",
    "MISSING_HEADERS": "names no recipient at all: all are blind",
    "FROM_EXCESS_BASE64": "a name that looks like an encoded word, or of quotes alone",
    "FROMSPACE": "a name that begins with a blank",
    "FUZZY_XPILL": "random letters",
    "MIXED_ES": "random letters",
    "LOTS_OF_MONEY": "random letters",
    "UNRESOLVED_TEMPLATE": "a subject with braces",
}


def rules(mails):
    """{name: the rules that fire}, all mails in one run."""
    with tempfile.NamedTemporaryFile(suffix=".mbox") as box:
        for name, octets in mails.items():
            escaped = re.sub(rb"(?m)^(>*From )", rb">\1", octets.replace(b"\r\n", b"\n"))
            box.write(b"From pump@example.com Sat Nov 21 04:53:45 2026\nX-Mail-Name: %s\n%s\n" % (name.encode(), escaped))
        box.flush()
        done = subprocess.run(["spamassassin", "--local", "--nocreate-prefs", "--cf=report_safe 0", "--mbox",
                               box.name], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"})
    found = {}
    for mail in re.split(rb"(?m)^From pump@example\.com .*\n", done.stdout)[1:]:
        header = re.sub(rb"\n[ \t]+", b" ", mail.partition(b"\n\n")[0]).decode("latin-1")
        tests = re.search(r"tests=(.*?) (?:autolearn|version)=", header)[1]
        found[re.search(r"X-Mail-Name: (.*)", header)[1]] = set(re.split(r",\s*", tests)) - {"none"}
    return found


class SpamAssassin(unittest.TestCase):
    def check(self, mails, allowed):
        found = rules(mails)
        self.assertEqual(set(found), set(mails))
        for name, fired in found.items():
            with self.subTest(name):
                self.assertLessEqual(fired, allowed)

    def printed(self, *arguments):
        code, stdout, stderr = program.run("send", "--print", "--from", "Pump 3 <pump@example.com>", "--to",
                                           "Chief <ops@example.com>", *arguments)
        self.assertEqual((code, stderr), (0, b""))
        return stdout

    def test_mails_of_the_program(self):
        with tempfile.TemporaryDirectory() as place:
            page = "<html><body><p>Level 3 percent in tank 7, refill it today.</p></body></html>"
            text = "Level 3 percent in tank 7, refill it today.\n"
            mails = {
                "text": self.printed("--subject", "Tank low", "--text", text),
                "long_text": self.printed("--subject", "Tank low", "--text", 30 * text.strip()),
                "utf8": self.printed("--subject", "Füllstand niedrig", "--text", "Füllstand in Behälter 7: 3 ‰\n"),
                "quoted": self.printed("--subject", "Füllstand", "--text", text + "ü\n", "--encoding", "quoted-printable"),
                "base64": self.printed("--subject", "Tank low", "--text", text + "ü\n", "--encoding", "base64"),
                "html": self.printed("--subject", "Tank low", "--text", text, "--html", page),
                "parts": self.printed(*mail_of_parts.arguments(place)),
            }
        self.check(mails, ALWAYS | OF_PICTURES)

    def test_mails_of_every_other_kind(self):
        emit = os.environ.get("MAILMOTE_EMIT_MESSAGES")
        if not emit:
            print("skipped: MAILMOTE_EMIT_MESSAGES does not say where the program emit_messages is")
            self.skipTest("MAILMOTE_EMIT_MESSAGES is not set")
        with tempfile.TemporaryDirectory() as place:
            subprocess.run([emit, place], check=True)
            files = [file for kind in ("name_*", "subject_*", "recipients_*", "mime_random_?[05]", "mime_size_5?_*")
                     for file in sorted(pathlib.Path(place).glob(f"{kind}.eml"))]
            self.check({file.stem: file.read_bytes() for file in files}, ALWAYS | OF_PICTURES | set(OF_RANDOM_CONTENT))


if __name__ == "__main__":
    if not shutil.which("spamassassin"):
        print("skipped: SpamAssassin is not installed (Debian package spamassassin)")
        sys.exit(program.SKIPPED)
    unittest.main()
