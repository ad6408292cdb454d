#!/usr/bin/env python3
"""Mails of several parts as others read them, part by part and octet by octet: Python's email package, which raises at
each defect, GMime, ripmime and munpack.

The program emit_messages writes the mails and their parts; MAILMOTE_EMIT_MESSAGES says where it is.
"""

import collections
import email.parser
import email.policy
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

POLICY = email.policy.strict.clone(linesep="\r\n")


def canonical(text):
    """Every line end made CRLF, the last line's too."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", text)
    return text if not text or text.endswith(b"\r\n") else text + b"\r\n"


class Part:
    def __init__(self, made_of, octets):
        self.role, self.type = made_of["role"], made_of["type"].split(";")[0]
        self.name = bytes.fromhex(made_of["name"]).decode()
        self.id = bytes.fromhex(made_of["id"]).decode()
        self.quoted = made_of["quoted"]
        self.octets = octets

    @property
    def is_text(self):
        return self.role in ("text", "html")

    def key(self):
        return self.type, self.name, canonical(self.octets) if self.is_text else self.octets


class Mail:
    def __init__(self, path):
        self.name = path.stem
        self.path = path.with_suffix(".eml")
        made_of = json.loads(path.read_text())
        self.parts = [Part(part, path.with_suffix(f".{i}").read_bytes()) for i, part in enumerate(made_of["parts"])]
        self.eight_bit = made_of["eight_bit"]

    @functools.cached_property
    def raw(self):
        return self.path.read_bytes()

    def structure(self):
        """The tree that these parts ask for: a type, or (subtype, its parts)."""
        found = collections.defaultdict(list)
        for part in self.parts:
            found[part.role].append(part.type)
        html, inlines = found["html"], found["inline"]
        if html and inlines:
            html, inlines = [("related", html + inlines)], []
        words = found["text"] + html
        if len(words) == 2:
            words = [("alternative", words)]
        all_parts = words + inlines + found["attachment"]
        return all_parts[0] if len(all_parts) == 1 else ("mixed", all_parts)


def for_each(check):
    """Runs a test for each mail."""
    @functools.wraps(check)
    def test(self):
        for mail in self.mails:
            with self.subTest(mail.name):
                check(self, mail)
    return test


class Mails(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        subprocess.run([os.environ["MAILMOTE_EMIT_MESSAGES"], directory.name], check=True)
        cls.directory = Path(directory.name)
        every = [Mail(path) for path in sorted(cls.directory.glob("mime_*.json"))]
        cls.mails = [mail for mail in every if mail.parts]
        assert len(cls.mails) > 300


class Wire(Mails):
    @for_each
    def test_lines_are_short_and_end_with_crlf(self, mail):
        self.assertIsNone(re.search(rb"\r(?!\n)|(?<!\r)\n|\0", mail.raw))
        self.assertLessEqual(max(map(len, mail.raw.split(b"\r\n"))), 998)
        self.assertTrue(mail.raw.endswith(b"\r\n"))

    @for_each
    def test_eight_bit_octets_go_only_where_offered(self, mail):
        self.assertTrue(mail.raw.isascii() or mail.eight_bit)

    @for_each
    def test_encoded_lines_have_at_most_76(self, mail):
        for part in email.message_from_bytes(mail.raw).walk():
            if part.get("Content-Transfer-Encoding") in ("base64", "quoted-printable"):
                for line in part.get_payload().splitlines():
                    self.assertLessEqual(len(line), 76)
                    self.assertFalse(line.endswith((" ", "\t")))


class Python(Mails):
    def parsed(self, mail):
        return email.parser.BytesParser(policy=POLICY).parsebytes(mail.raw)

    @for_each
    def test_finds_no_defect(self, mail):
        for part in self.parsed(mail).walk():
            self.assertEqual(part.defects, [])
            for name in part:
                self.assertEqual(part[name].defects, (), name)

    @for_each
    def test_sees_the_structure(self, mail):
        def tree(part):
            if not part.is_multipart():
                return part.get_content_type()
            return part.get_content_subtype(), [tree(one) for one in part.iter_parts()]
        self.assertEqual(tree(self.parsed(mail)), mail.structure())

    @for_each
    def test_sees_each_part(self, mail):
        leaves = [part for part in self.parsed(mail).walk() if not part.is_multipart()]
        for wanted, part in zip(mail.parts, leaves, strict=True):
            octets = part.get_payload(decode=True)
            self.assertEqual((part.get_content_type(), part.get_filename() or "",
                              canonical(octets) if wanted.is_text else octets), wanted.key())
            self.assertEqual(part["Content-ID"], f"<{wanted.id}>" if wanted.id else None)
            disposition = {"attachment": "attachment", "inline": "inline"}.get(wanted.role)
            self.assertEqual(part.get_content_disposition(), disposition)

    @for_each
    def test_text_has_its_characters(self, mail):
        leaves = [part for part in self.parsed(mail).walk() if not part.is_multipart()]
        for wanted, part in zip(mail.parts, leaves, strict=True):
            if wanted.is_text:
                self.assertEqual(canonical(part.get_content().encode()), canonical(wanted.octets))


class GMime(Mails):
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

    def octets(self, part):
        stream = self.library.StreamMem.new()
        part.get_content().write_to_stream(stream)
        return bytes(stream.get_byte_array())

    def leaves(self, part):
        if isinstance(part, self.library.Multipart):
            for index in range(part.get_count()):
                yield from self.leaves(part.get_part(index))
        else:
            yield part

    @for_each
    def test_sees_each_part(self, mail):
        stream = self.library.StreamFile.open(str(mail.path), "r")
        message = self.library.Parser.new_with_stream(stream).construct_message(None)
        found = list(self.leaves(message.get_mime_part()))
        for wanted, part in zip(mail.parts, found, strict=True):
            kind = part.get_content_type()
            octets = self.octets(part)
            self.assertEqual((f"{kind.get_media_type()}/{kind.get_media_subtype()}", part.get_filename() or "",
                              canonical(octets) if wanted.is_text else octets), wanted.key())


class Tools(Mails):
    """Programs that write the parts to files."""

    def files(self, mail, command):
        with tempfile.TemporaryDirectory() as name:
            subprocess.run([word.format(mail=mail.path, directory=name) for word in command], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return collections.Counter(file.read_bytes() for file in Path(name).rglob("*") if file.is_file())

    def check(self, mail, command, exact):
        """An empty part may come as no file; octets in quoted-printable come with a line end too many."""
        wanted = collections.Counter(part.octets for part in mail.parts
                                     if exact(part) and part.octets and not part.quoted)
        missing = wanted - self.files(mail, command)
        self.assertFalse(missing, [octets[:60] for octets in missing])

    @unittest.skipUnless(shutil.which("ripmime"), "ripmime is not installed")
    @for_each
    def test_ripmime_writes_each_file(self, mail):
        """It takes lines that look like a boundary for one."""
        if any(part.is_text and b"--=_" in part.octets for part in mail.parts):
            return
        self.check(mail, ["ripmime", "-i", "{mail}", "-d", "{directory}"], lambda part: not part.is_text)

    @unittest.skipUnless(shutil.which("munpack"), "munpack (Debian's package mpack) is not installed")
    @for_each
    def test_munpack_writes_each_file(self, mail):
        """It takes the line ends of every text/* apart."""
        self.check(mail, ["munpack", "-q", "-t", "-C", "{directory}", "{mail}"],
                   lambda part: not part.type.startswith("text/"))


if __name__ == "__main__":
    if "MAILMOTE_EMIT_MESSAGES" not in os.environ:
        print("skipped: MAILMOTE_EMIT_MESSAGES does not say where the program emit_messages is")
        sys.exit(77)
    unittest.main()
