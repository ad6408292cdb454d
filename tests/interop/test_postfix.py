#!/usr/bin/env python3
"""Mails to Postfix: PIPELINING, CHUNKING, and what its content looks like afterwards."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import mail_of_parts  # noqa: E402
import program  # noqa: E402
from postfix import Postfix  # noqa: E402
from unpacked import CannotRun  # noqa: E402

HEADER = b"From: pump@example.com\r\nTo: ops@example.com\r\nDate: Sat, 21 Nov 2026 04:53:45 +0000\r\n" \
         b"Message-ID: <1@example.com>\r\nSubject: x\r\n\r\n"
THREE = ["--from", "pump@example.com", "--to", "a@example.com", "--to", "b@example.com", "--to", "c@example.com"]
WAYS = {"BDAT": [], "DATA": ["--no-chunking"], "DATA without pipelining": ["--no-chunking", "--no-pipelining"],
        "BDAT without pipelining": ["--no-pipelining"]}
BODIES = {
    "dots": b".\r\n..\r\n...three\r\n.\r\n",
    "a dot as the last line": b"end\r\n.\r\n",
    "a line of 998 octets": b"." + b"x" * 997 + b"\r\n",
    "a line of 1500 octets": b"y" * 1500 + b"\r\n",
    "8-bit octets": bytes(range(128, 256)) + b"\r\n",
    "blanks at the ends of lines": b"one \r\ntwo\t\r\n",
    "500 kB of lines": b"".join(b".%d\r\n" % i for i in range(60000)),
}


class OnPostfix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Postfix({"refused@example.com": "550 5.1.1 no such user",
                              "later@example.com": "450 4.2.0 later"}).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def send(self, *arguments, stdin=b""):
        return program.send(self.server.port, *arguments, stdin=stdin)

    def test_content_arrives_as_it_was(self):
        for way, options in WAYS.items():
            for name, body in BODIES.items():
                with self.subTest(f"{name} by {way}"):
                    code, result = self.send("--raw", "-", *options, stdin=HEADER + body)
                    self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
                    self.assertEqual(self.server.delivered()[0].replace(b"\n", b"\r\n"), HEADER + body)

    def test_line_ends_are_repaired_and_end_no_content(self):
        for way, options in WAYS.items():
            with self.subTest(way):
                whole = HEADER.replace(b"\r\n", b"\n") + b"one\n.\nMAIL FROM:<eve@example.com>\r.\rend\n"
                code, result = self.send("--raw", "-", *options, stdin=whole)
                self.assertEqual(code, 0, result)
                self.assertEqual(self.server.delivered()[0].replace(b"\n", b"\r\n"),
                                 HEADER + b"one\r\n.\r\nMAIL FROM:<eve@example.com>\r\n.\r\nend\r\n")

    def test_three_recipients(self):
        for way, options in WAYS.items():
            with self.subTest(way):
                code, result = self.send(*THREE, "--text", "x", *options)
                self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
                self.assertEqual(len(self.server.delivered(3)), 3)

    def test_round_trips(self):
        for way, expected in (("BDAT", 2), ("DATA", 3), ("BDAT without pipelining", 6), ("DATA without pipelining", 7)):
            with self.subTest(way):
                _, result = self.send(*THREE, "--text", "x", *WAYS[way])
                self.assertEqual(result["round_trips"], expected)
                self.server.delivered(3)

    def test_composed_mail_arrives_as_it_was_printed(self):
        mail = [*program.FROM_TO, "--subject", "Füllstand", "--text", "3 ‰\n.\n" + "long " * 300, "--message-id",
                "<2@example.com>", "--date", "Sat, 21 Nov 2026 04:53:45 +0000"]
        _, printed, _ = program.run("send", "--print", *mail)
        for way, options in WAYS.items():
            with self.subTest(way):
                code, result = self.send(*mail, *options)
                self.assertEqual(code, 0, result)
                self.assertEqual(self.server.delivered()[0].replace(b"\n", b"\r\n"), printed)

    def test_a_mail_of_parts_arrives_as_it_was_printed(self):
        with tempfile.TemporaryDirectory() as place:
            mail = [*program.FROM_TO, *mail_of_parts.arguments(place)]
            _, printed, _ = program.run("send", "--print", *mail)
            self.assertGreater(len(printed), 1_300_000)
            for way, options in WAYS.items():
                with self.subTest(way):
                    code, result = self.send(*mail, *options)
                    self.assertEqual(code, 0, result)
                    self.assertEqual(self.server.delivered()[0].replace(b"\n", b"\r\n"), printed)

    def test_some_recipients_are_refused(self):
        for way, options in WAYS.items():
            for refused, code in (("refused", 67), ("later", 75)):
                with self.subTest(f"{refused} by {way}"):
                    addresses = ["--to", "a@example.com", "--to", f"{refused}@example.com", "--to", "c@example.com"]
                    ended, result = self.send("--from", "pump@example.com", *addresses, "--text", "x", *options)
                    self.assertEqual((ended, result["outcome"]), (code, "partly_accepted"), result)
                    self.assertEqual(result["recipients"][1]["code"], {67: 550, 75: 450}[code])
                    self.assertEqual(len(self.server.delivered(2)), 2)

    def test_all_recipients_are_refused(self):
        for way, options in WAYS.items():
            with self.subTest(way):
                addresses = ["--from", "pump@example.com", "--to", "refused@example.com"]
                code, result = self.send(*addresses, "--text", "x", *options)
                self.assertEqual((code, result["outcome"], result["enhanced"]), (67, "rejected", "5.1.1"), result)

    def test_abort_delivers_to_nobody(self):
        for way, options in WAYS.items():
            with self.subTest(way):
                code, result = self.send("--from", "pump@example.com", "--to", "a@example.com", "--to",
                                         "refused@example.com", "--text", "x", "--refused-recipient", "abort", *options)
                self.assertEqual((code, result["recipients"][0]["outcome"]), (67, "not_sent"), result)

    def test_an_unused_sender(self):
        code, result = self.send(*program.FROM_TO, "--envelope-from", "<>", "--text", "x")
        self.assertEqual(code, 0, result)
        self.server.delivered()

    def test_250_recipients_go_in_three_mails(self):
        many = [word for i in range(250) for word in ("--bcc", f"r{i}@example.com")]
        code, result = self.send("--from", "pump@example.com", *many, "--text", "x")
        self.assertEqual((code, result["outcome"]), (0, "accepted"), result["message"])
        self.assertEqual(len(self.server.delivered(250)), 250)

    def test_probe(self):
        code, result = program.run_json("probe", *program.at(self.server.port))
        self.assertEqual(code, 0)
        self.assertLessEqual({"PIPELINING", "SIZE 10000000", "8BITMIME", "CHUNKING", "SMTPUTF8"},
                             set(result["capabilities"]))


class Limits(unittest.TestCase):
    def test_too_many_recipients_for_one_mail(self):
        with Postfix(more="smtpd_recipient_limit = 2\nsmtpd_recipient_overshoot_limit = 1000") as server:
            for way, options in WAYS.items():
                with self.subTest(way):
                    code, result = program.send(server.port, *THREE, "--to", "d@example.com", "--to", "e@example.com",
                                                "--text", "x", *options)
                    self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
                    self.assertEqual(len(server.delivered(5)), 5)

    def test_size(self):
        with Postfix(size=5000) as server:
            for way, options in WAYS.items():
                with self.subTest(way):
                    code, result = program.send(server.port, "--raw", "-", *options, stdin=HEADER + b"x" * 70 * 100)
                    self.assertEqual((code, result["status"], result["outcome"]), (69, "message_too_big", "not_sent"))


def main():
    try:
        with Postfix():
            pass
    except CannotRun as reason:
        print(f"skipped: Postfix cannot run here: {reason}")
        sys.exit(program.SKIPPED)
    unittest.main()


if __name__ == "__main__":
    main()
