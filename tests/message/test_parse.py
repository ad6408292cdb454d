#!/usr/bin/env python3
"""Composed messages as others read them: Python's email package, which raises at each defect, and GMime.

The program emit_messages writes the messages and what they were made of; MAILMOTE_EMIT_MESSAGES says where it is.
"""

import datetime
import email.header
import email.parser
import email.policy
import email.utils
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

POLICY = email.policy.strict.clone(linesep="\r\n")
TO, CC = 0, 1
ENCODED_WORD = re.compile(rb"=\?utf-8\?[QB]\?[^?]*\?=")


def octets(text):
    return bytes.fromhex(text)


def string(text):
    return octets(text).decode("utf-8")


def canonical(content):
    """Every line end made CRLF, the last line's too."""
    content = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    return content if not content or content.endswith(b"\r\n") else content + b"\r\n"


class Mail:
    def __init__(self, path):
        self.name = path.stem
        self.made_of = json.loads(path.read_text())
        self.raw = path.with_suffix(".eml").read_bytes()
        self.header, _, self.body = self.raw.partition(b"\r\n\r\n")
        self.header += b"\r\n"

    def parsed(self):
        return email.parser.BytesParser(policy=POLICY).parsebytes(self.raw)

    def unfolded(self, name):
        """The value of a field as it stands, None when there is none."""
        found = re.search(rb"(?m)^%s: ((?:.|\n[ \t])*)\r\n" % name.encode(), self.header)
        return found and found.group(1).replace(b"\r\n", b"").decode("ascii")

    def people(self, kind):
        return [(string(name), string(address)) for name, address, where in self.made_of["to"] if where == kind]


def for_each(kind):
    """Runs a test for each mail of the kind."""
    def decorate(check):
        @functools.wraps(check)
        def test(self):
            mails = [mail for mail in self.mails if mail.made_of["kind"] == kind]
            self.assertGreater(len(mails), 5)
            for mail in mails:
                with self.subTest(mail.name):
                    check(self, mail)
        return test
    return decorate


class Mails(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.directory.cleanup)
        subprocess.run([os.environ["MAILMOTE_EMIT_MESSAGES"], cls.directory.name], check=True)
        cls.mails = [Mail(path) for path in sorted(Path(cls.directory.name).glob("*.json"))]

    def assert_text(self, found, expected):
        """A reader drops the blanks at the start of a field that is not encoded."""
        self.assertEqual(found.lstrip(" "), expected.lstrip(" "))


class Composed(Mails):
    @for_each("text")
    def test_the_parser_finds_no_defect(self, mail):
        message = mail.parsed()
        self.assertEqual(message.defects, [])
        for name in message:
            self.assertEqual(message[name].defects, (), name)

    @for_each("text")
    def test_each_field_stands_once_and_none_is_unknown(self, mail):
        allowed = {"From", "To", "Cc", "Subject", "Date", "Message-ID", "X-Note", "MIME-Version", "Content-Type",
                   "Content-Transfer-Encoding", "Auto-Submitted"}
        names = mail.parsed().keys()
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual(set(names), allowed)

    @for_each("text")
    def test_subject_and_header_come_back(self, mail):
        message = mail.parsed()
        self.assert_text(message["Subject"], string(mail.made_of["subject"]))
        if mail.made_of["header"]:
            self.assert_text(message["X-Note"], string(mail.made_of["header"]))

    @for_each("text")
    def test_names_and_addresses_come_back(self, mail):
        name, address, _ = mail.made_of["from"]
        self.assertEqual(self.people(mail, "From"), [(string(name), string(address))])
        self.assertEqual(self.people(mail, "To"), mail.people(TO))
        self.assertEqual(self.people(mail, "Cc"), mail.people(CC))

    def people(self, mail, field):
        """Names by the older parser: the newer one leaves a blank between the encoded words of a long name."""
        value = mail.unfolded(field)
        if value is None:
            return []
        found = email.utils.getaddresses([value])
        self.assertEqual([address for _, address in found], [one.addr_spec for one in mail.parsed()[field].addresses])
        return [(str(email.header.make_header(email.header.decode_header(name))), address) for name, address in found]

    @for_each("text")
    def test_bcc_recipients_are_named_nowhere(self, mail):
        self.assertNotIn(b"hidden", mail.raw.lower())
        self.assertNotIn(b"bcc", mail.header.lower())

    @for_each("text")
    def test_date_and_message_id_come_back(self, mail):
        message = mail.parsed()
        when = datetime.datetime.fromtimestamp(mail.made_of["date"], datetime.timezone.utc)
        self.assertEqual(message["Date"].datetime, when)
        self.assertEqual(message["Message-ID"], "<0123456789abcdef@example.com>")

    @for_each("text")
    def test_the_text_comes_back(self, mail):
        found = mail.parsed().get_payload(decode=True)
        self.assertEqual(canonical(found), canonical(octets(mail.made_of["text"])))

    @for_each("text")
    def test_the_charset_is_told(self, mail):
        text = octets(mail.made_of["text"])
        try:
            text.decode("utf-8")
            expected = "utf-8"
        except UnicodeDecodeError:
            expected = "unknown-8bit"
        self.assertEqual(mail.parsed().get_content_charset(), expected)

    @for_each("text")
    def test_eight_bit_octets_go_only_where_offered(self, mail):
        encoding = mail.parsed()["Content-Transfer-Encoding"]
        self.assertTrue(mail.header.isascii())
        self.assertTrue(mail.body.isascii() or (encoding == "8bit" and mail.made_of["eight_bit"]))
        self.assertEqual(encoding == "8bit", not mail.body.isascii())

    @for_each("text")
    def test_no_text_holds_nul_or_a_bare_line_end(self, mail):
        self.assertNotIn(b"\0", mail.raw)
        self.assertIsNone(re.search(rb"\r(?!\n)|(?<!\r)\n", mail.raw))

    @for_each("text")
    def test_no_line_is_longer_than_998(self, mail):
        self.assertLessEqual(max(map(len, mail.raw.split(b"\r\n"))), 998)

    @for_each("text")
    def test_header_lines_are_folded(self, mail):
        for line in mail.header.split(b"\r\n"):
            if ENCODED_WORD.search(line):
                self.assertLessEqual(len(line), 76)
            elif len(line) > 78:  # nothing to fold at but the blank behind the name
                self.assertNotIn(b" ", re.sub(rb"^([^ :]+:)? *", b"", line).rstrip(b" "))

    @for_each("text")
    def test_encoded_words_have_at_most_75_octets_of_whole_characters(self, mail):
        for word in ENCODED_WORD.findall(mail.header):
            self.assertLessEqual(len(word), 75)
            email.header.decode_header(word.decode())[0][0].decode("utf-8")

    @for_each("text")
    def test_quoted_printable_and_base64_lines_have_at_most_76(self, mail):
        if mail.parsed()["Content-Transfer-Encoding"] in ("quoted-printable", "base64"):
            for line in mail.body.split(b"\r\n"):
                self.assertLessEqual(len(line), 76)
                self.assertFalse(line.endswith((b" ", b"\t")))

    @for_each("raw")
    def test_raw_messages_lose_their_bcc_and_nothing_else(self, mail):
        message = canonical(octets(mail.made_of["octets"]))
        end = re.search(rb"(\A|(?<=\n))\r\n|\Z", message).start()  # of the header
        kept = re.sub(rb"(?im)^bcc[ \t]*:[^\r\n]*(\r\n[ \t][^\r\n]*)*\r\n", b"", message[:end])
        self.assertEqual(mail.raw, kept + message[end:])
        self.assertNotIn(b"hidden", mail.raw)


class ByGMime(Mails):
    @classmethod
    def setUpClass(cls):
        try:
            import gi
            gi.require_version("GMime", "3.0")
            from gi.repository import GMime as library
        except (ImportError, ValueError) as reason:
            raise unittest.SkipTest(f"GMime for Python (python3-gi, gir1.2-gmime-3.0) is not installed: {reason}")
        library.init()
        cls.library = library
        super().setUpClass()

    def parsed(self, mail):
        stream = self.library.StreamMem.new_with_buffer(mail.raw)
        return self.library.Parser.new_with_stream(stream).construct_message(None)

    @for_each("text")
    def test_subject_text_and_date_come_back(self, mail):
        message = self.parsed(mail)
        self.assertEqual(message.get_subject().strip(), string(mail.made_of["subject"]).strip())
        self.assertEqual(message.get_date().to_unix(), mail.made_of["date"])
        self.assertEqual(message.get_message_id(), "0123456789abcdef@example.com")
        stream = self.library.StreamMem.new()
        message.get_mime_part().get_content().write_to_stream(stream)
        self.assertEqual(canonical(bytes(stream.get_byte_array())), canonical(octets(mail.made_of["text"])))

    @for_each("text")
    def test_names_and_addresses_come_back(self, mail):
        kinds = self.library.AddressType
        message = self.parsed(mail)
        name, address, _ = mail.made_of["from"]
        for kind, expected in ((kinds.FROM, [(string(name), string(address))]), (kinds.TO, mail.people(TO)),
                               (kinds.CC, mail.people(CC))):
            people = message.get_addresses(kind)
            found = [people.get_address(i) for i in range(people.length())]
            self.assertEqual([((one.get_name() or "").strip(), one.get_addr()) for one in found],
                             [(name.strip(), address) for name, address in expected])


if __name__ == "__main__":
    if "MAILMOTE_EMIT_MESSAGES" not in os.environ:
        print("skipped: MAILMOTE_EMIT_MESSAGES does not say where the program emit_messages is")
        sys.exit(77)
    unittest.main()
