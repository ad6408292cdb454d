#!/usr/bin/env python3
"""Mails of several parts, delivered by Postfix, as Dovecot's IMAP server takes them apart."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import mail_of_parts  # noqa: E402
import program  # noqa: E402
from dovecot_imap import DovecotImap, body_structure, fetch, leaves, tree  # noqa: E402
from postfix import Postfix  # noqa: E402
from unpacked import CannotRun  # noqa: E402


class Delivered(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postfix = cls.enterClassContext(Postfix())
        cls.dovecot = cls.enterClassContext(DovecotImap(cls.postfix.work / "mail"))
        cls.place = cls.enterClassContext(tempfile.TemporaryDirectory())

    def send(self, *arguments):
        code, result = program.send(self.postfix.port, *arguments)
        self.assertEqual((code, result["outcome"]), (0, "accepted"), result)

    def test_every_kind_of_part(self):
        for way in ([], ["--no-chunking"]):
            with self.subTest(way):
                self.send(*mail_of_parts.arguments(self.place), *way)
                with self.dovecot.one_mail() as client:
                    structure = body_structure(client, 1)
                    parts = list(leaves(structure))
                    found = [fetch(client, 1, f"BINARY.PEEK[{number}]") for number, _ in parts]
                self.assertEqual(tree(structure), mail_of_parts.STRUCTURE)
                self.assertEqual([part[2] for _, part in parts[:2]], 2 * [["charset", "utf-8"]])
                self.assertEqual(parts[2][1][3], "<curve@example.com>")
                self.assertEqual(found, mail_of_parts.octets())

    def test_one_part(self):
        self.send("--text", "x")
        with self.dovecot.one_mail() as client:
            self.assertEqual(tree(body_structure(client, 1)), "text/plain")
            self.assertEqual(fetch(client, 1, "BINARY.PEEK[1]"), b"x\r\n")


def main():
    try:
        with Postfix() as postfix, DovecotImap(postfix.work / "mail"):
            pass
    except CannotRun as reason:
        print(f"skipped: Postfix and Dovecot cannot run here: {reason}")
        sys.exit(program.SKIPPED)
    unittest.main()


if __name__ == "__main__":
    main()
