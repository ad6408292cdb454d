#!/usr/bin/env python3
"""Flowed text (RFC 3676) as a reader joins it again: the same words, in the same paragraphs.

The program emit_messages writes the texts and the mails; MAILMOTE_EMIT_MESSAGES says where it is.
"""

import email.parser
import email.policy
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

POLICY = email.policy.strict.clone(linesep="\r\n")
SIGNATURE = "-- "


def paragraphs(flowed):
    """What section 4 has a reader do: unquoted text, stuffing taken away, flowed lines joined with the next one."""
    found, begun = [], None
    for line in flowed.split("\r\n"):
        assert not line.startswith(">"), line
        line = line.removeprefix(" ")
        if line == SIGNATURE:
            found += [begun] * (begun is not None) + [line]
            begun = None
            continue
        begun = (begun or "") + line
        if not line.endswith(" "):
            found.append(begun)
            begun = None
    return found + [begun] * (begun is not None)


def meant(text):
    """The lines of the text: blanks at their end say nothing, but for the signature's."""
    return [line if line == SIGNATURE else line.rstrip(" ") for line in re.split("\r\n|\n", text)]


def ended(lines):
    """Whether the last line was ended is not told."""
    return lines[:-1] if lines and lines[-1] == "" else lines


class Flowed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        subprocess.run([os.environ["MAILMOTE_EMIT_MESSAGES"], directory.name], check=True)
        cls.mails = sorted(Path(directory.name).glob("flowed_*.eml"))
        assert len(cls.mails) == 100

    def each(self):
        """Each mail, its text as it was sent, and the text that it was made of."""
        for path in self.mails:
            mail = email.parser.BytesParser(policy=POLICY).parsebytes(path.read_bytes())
            octets = mail.get_payload(decode=True)
            yield mail, octets.decode("utf-8"), path.with_suffix(".txt").read_bytes().decode("utf-8")

    def test_says_so(self):
        for mail, _, _ in self.each():
            parameters = mail["Content-Type"].params
            self.assertEqual((mail.get_content_type(), parameters["format"]), ("text/plain", "flowed"))
            self.assertNotEqual(parameters.get("delsp", "no").lower(), "yes")

    def test_is_joined_to_the_same_text(self):
        for _, flowed, text in self.each():
            self.assertEqual(ended(paragraphs(flowed)), ended(meant(text)))

    def test_lines_are_short_where_a_blank_lets_them(self):
        for _, flowed, _ in self.each():
            for line in flowed.split("\r\n"):
                unbroken = line.strip(" ").removeprefix(SIGNATURE)  # which a break would make
                self.assertTrue(len(line) <= 78 or " " not in unbroken, line)


if __name__ == "__main__":
    unittest.main()
