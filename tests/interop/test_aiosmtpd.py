#!/usr/bin/env python3
"""Mails to aiosmtpd: what is kept is what was sent, octet for octet."""

import email
import email.policy
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import mail_of_parts  # noqa: E402
import program  # noqa: E402
from servers import Sink  # noqa: E402

try:
    import aiosmtpd  # noqa: F401
except ImportError:
    print("skipped: aiosmtpd is not installed (Debian package python3-aiosmtpd)")
    sys.exit(program.SKIPPED)

HEADER = b"From: pump@example.com\r\nSubject: x\r\n\r\n"
THREE = ["--from", "pump@example.com", "--to", "a@example.com", "--to", "b@example.com", "--to", "c@example.com"]


class Content(unittest.TestCase):
    """Each body goes out as a whole message; the server keeps what it got, dots unstuffed."""

    BODIES = {
        "dots at the beginning of lines": b".\r\n..\r\n...three\r\n.\r\n",
        "a dot as the very first octet": b".",
        "a dot at the end": b"end.\r\n.",
        "a line of 998 octets": b"x" * 998 + b"\r\n",
        "a line of 998 octets that begins with a dot": b"." + b"x" * 997 + b"\r\n",
        "8-bit octets": bytes(range(128, 256)) + b"\r\n",
        "UTF-8": "Füllstand: 3 ‰\r\n".encode(),
        "control characters": bytes(set(range(1, 32)) - {10, 13}) + b"\r\n",
        "blanks at the ends of lines": b"one \r\ntwo\t\r\n   \r\n",
        "empty lines": b"\r\n\r\n\r\n",
        "no line end at the end": b"no end",
        "300 kB of lines": b"".join(b".%d\r\n" % i for i in range(40000)),
    }

    @classmethod
    def setUpClass(cls):
        cls.sink = Sink().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.sink.__exit__()

    def kept(self, whole, *arguments):
        code, result = program.send_raw(self.sink.port, whole, *arguments)
        self.assertEqual((code, result["outcome"], result["advice"]), (0, "accepted", "done"), result)
        return self.sink.message(self.sink.count())

    def test_is_kept_as_it_was(self):
        for name, body in self.BODIES.items():
            with self.subTest(name):
                whole = HEADER + body
                expected = whole if whole.endswith(b"\r\n") else whole + b"\r\n"
                self.assertEqual(self.kept(whole), expected)

    def test_bare_line_ends_become_crlf(self):
        for whole in (b"Subject: x\n\na\n.\nb\n", b"Subject: x\r\ra\r.\rb\r", b"Subject: x\r\n\r\na\n.\rb\r\n"):
            with self.subTest(whole):
                self.assertEqual(self.kept(whole), b"Subject: x\r\n\r\na\r\n.\r\nb\r\n")

    def test_an_empty_message(self):
        self.assertEqual(self.kept(b"").strip(), b"")

    def test_bcc_is_left_out_with_its_folds(self):
        whole = b"Subject: x\r\nBCC: eve@example.com,\r\n\tadam@example.com\r\nTo: a@example.com\r\n\r\nBcc: body\r\n"
        self.assertEqual(self.kept(whole), b"Subject: x\r\nTo: a@example.com\r\n\r\nBcc: body\r\n")

    def test_a_file_goes_the_same_way_as_standard_input(self):
        whole = HEADER + b".file\r\n"
        file = self.sink.directory / "whole"
        file.write_bytes(whole)
        code, _ = program.send(self.sink.port, "--raw", str(file))
        self.assertEqual(code, 0)
        self.assertEqual(self.sink.message(self.sink.count()), whole)

    def test_eight_bit_content_is_announced(self):
        self.kept(HEADER + b"\xfc\r\n")
        self.assertIn("BODY=8BITMIME", self.sink.envelope(self.sink.count())["options"])


class Composed(unittest.TestCase):
    def test_arrives_as_it_was_printed(self):
        mail = ["--subject", "Füllstand", "--text", "3 %\n.\n" + "long " * 300, "--message-id", "<1@example.com>",
                "--date", "Sat, 21 Nov 2026 04:53:45 +0000", "--cc", "Bob Ö <b@example.com>", "--bcc", "c@example.com"]
        with Sink() as sink:
            code, result = program.send(sink.port, *program.FROM_TO, *mail)
            self.assertEqual(code, 0, result)
            _, printed, _ = program.run("send", "--print", *program.FROM_TO, *mail)
            self.assertEqual(sink.message(), printed)
            self.assertEqual(sink.envelope()["to"], ["ops@example.com", "b@example.com", "c@example.com"])
            self.assertNotIn(b"c@example.com", sink.message())
            self.assertEqual((result["message_id"], result["date"]),
                             ("<1@example.com>", "Sat, 21 Nov 2026 04:53:45 +0000"))

    def test_a_mail_of_parts_arrives_as_it_was_printed(self):
        with Sink() as sink, tempfile.TemporaryDirectory() as place:
            mail = mail_of_parts.arguments(place)
            code, result = program.send(sink.port, *mail)
            self.assertEqual(code, 0, result)
            _, printed, _ = program.run("send", "--print", *program.FROM_TO, *mail)
            self.assertEqual(sink.message(), printed)
            parts = [part for part in email.message_from_bytes(printed).walk() if not part.is_multipart()]
            self.assertEqual([part.get_payload(decode=True) for part in parts], mail_of_parts.octets())

    def test_says_the_id_and_the_date_that_went_out(self):
        with Sink() as sink:
            _, result = program.send(sink.port, "--text", "x")
            mail = email.message_from_bytes(sink.message(), policy=email.policy.default)
            self.assertEqual(result["message_id"], mail["Message-ID"])
            self.assertEqual(result["date"], str(mail["Date"]))

    def test_envelope_sender_apart_from_the_author(self):
        for given, expected in (("<>", "<>"), ("bounce@example.com", "bounce@example.com")):
            with self.subTest(given), Sink() as sink:
                code, result = program.send(sink.port, "--envelope-from", given, "--text", "x")
                self.assertEqual(code, 0, result)
                self.assertEqual(sink.envelope()["from"], expected)
                self.assertIn(b"From: pump@example.com\r\n", sink.message())


class Recipients(unittest.TestCase):
    def test_three_get_one_mail(self):
        with Sink() as sink:
            code, result = program.send(sink.port, *THREE, "--text", "x")
            self.assertEqual(code, 0, result)
            self.assertEqual(sink.envelope()["to"], ["a@example.com", "b@example.com", "c@example.com"])
            self.assertEqual(sink.count(), 1)
            self.assertEqual({one["outcome"] for one in result["recipients"]}, {"accepted"})
            self.assertEqual((result["smtp_code"], result["reply"]), (250, "2.0.0 kept as number 1"))

    def test_one_of_three_is_refused(self):
        for reply, expected, outcome in (("550 5.1.1 no such user", 67, "rejected_permanently"),
                                         ("554 5.7.1 not from you", 69, "rejected_permanently"),
                                         ("451 4.3.0 not now", 75, "rejected_temporarily")):
            with self.subTest(reply), Sink("--reply", f"b@example.com={reply}") as sink:
                code, result = program.send(sink.port, *THREE, "--text", "x")
                self.assertEqual((code, result["outcome"]), (expected, "partly_accepted"))
                self.assertEqual(sink.envelope()["to"], ["a@example.com", "c@example.com"])
                second = result["recipients"][1]
                self.assertEqual((second["address"], second["outcome"], str(second["code"])),
                                 ("b@example.com", outcome, reply[:3]))
                self.assertIn(second["text"], reply)
                self.assertEqual(result["status"], "recipients_rejected")

    def test_the_worst_recipient_decides(self):
        with Sink("--reply", "a@example.com=451 later", "--reply", "c@example.com=550 who") as sink:
            code, result = program.send(sink.port, *THREE, "--text", "x")
            self.assertEqual((code, result["outcome"]), (67, "partly_accepted"))
            self.assertEqual(sink.envelope()["to"], ["b@example.com"])

    def test_abort_sends_to_nobody(self):
        with Sink("--reply", "b@example.com=550 5.1.1 no such user") as sink:
            code, result = program.send(sink.port, *THREE, "--text", "x", "--refused-recipient", "abort")
            self.assertEqual((code, sink.count()), (67, 0), result)
            self.assertEqual([one["outcome"] for one in result["recipients"]],
                             ["not_sent", "rejected_permanently", "not_sent"])

    def test_all_refused(self):
        with Sink("--reply", "ops@example.com=550 5.1.1 no such user") as sink:
            code, result = program.send(sink.port, "--text", "x")
            self.assertEqual((code, result["outcome"], sink.count()), (67, "rejected", 0))

    def test_a_person_reads_who_was_refused_and_why(self):
        with Sink("--reply", "b@example.com=550 5.1.1 no such user") as sink:
            code, stdout, stderr = program.run("send", *program.at(sink.port), *THREE, "--text", "x")
            self.assertEqual((code, stdout), (67, b""))
            self.assertIn(b"b@example.com: refused for good: 550 5.1.1 no such user\n", stderr)
            self.assertIn(b"accepted for 2 of 3 recipients", stderr)

    def test_a_later_transaction_for_those_over_the_servers_limit(self):
        with Sink("--reply", "b@example.com=452 4.5.3 too many recipients") as sink:
            code, result = program.send(sink.port, *THREE, "--text", "x")
            self.assertEqual((code, result["outcome"]), (75, "partly_accepted"), result)
            self.assertEqual(sink.envelope(1)["to"], ["a@example.com", "c@example.com"])


class Refusals(unittest.TestCase):
    def test_the_sender(self):
        for reply, expected in (("553 5.1.8 who are you", 69), ("451 4.3.0 later", 75)):
            with self.subTest(reply), Sink("--reply", f"pump@example.com={reply}") as sink:
                code, result = program.send(sink.port, "--text", "x")
                self.assertEqual((code, result["status"], result["outcome"]), (expected, "sender_rejected", "rejected"))
                self.assertEqual(result["smtp_code"], int(reply[:3]))

    def test_the_content(self):
        for reply, expected in (("554 5.7.1 spam", 69), ("550 5.7.1 spam", 69), ("451 4.3.0 later", 75)):
            with self.subTest(reply), Sink("--content-reply", reply) as sink:
                code, result = program.send(sink.port, "--text", "x")
                self.assertEqual((code, result["status"]), (expected, "content_rejected"))
                self.assertEqual(result["outcome"], "rejected")

    def test_a_size_over_the_servers_limit_is_refused_before_the_upload(self):
        with Sink("--size", "1000") as sink:
            code, result = program.send_raw(sink.port, HEADER + b"x" * 70 * 20)
            self.assertEqual((code, result["status"], result["outcome"]), (69, "message_too_big", "not_sent"))
            self.assertLess(result["bytes_sent"], 200)
            self.assertEqual(sink.count(), 0)

    def test_utf8_addresses_need_smtputf8(self):
        with Sink("--no-smtputf8") as sink:
            code, result = program.send(sink.port, "--from", "pump@example.com", "--to", "ö@example.com", "--text", "x")
            self.assertEqual((code, result["status"]), (69, "smtputf8_not_offered"))
        with Sink() as sink:
            code, result = program.send(sink.port, "--from", "pump@example.com", "--to", "ö@example.com", "--text", "x")
            self.assertEqual((code, sink.envelope()["to"]), (0, ["ö@example.com"]), result)


class Probe(unittest.TestCase):
    def test_shows_what_is_offered(self):
        with Sink("--size", "4711") as sink:
            code, result = program.run_json("probe", *program.at(sink.port))
            self.assertEqual((code, result["status"], result["outcome"]), (0, "ok", "not_sent"))
            self.assertLessEqual({"SIZE 4711", "8BITMIME", "SMTPUTF8"}, set(result["capabilities"]))
            server = ["--server", f"smtp://127.0.0.1:{sink.port}", "--security", "none"]
            code, stdout, stderr = program.run("probe", *server)
            self.assertEqual((code, stderr), (0, b""))
            self.assertIn(b"SIZE 4711", stdout)
            self.assertRegex(stdout, rb"largest mail in bytes \(SIZE\): +4711\n")


class Output(unittest.TestCase):
    def test_trace_shows_the_dialogue_but_not_the_content(self):
        with Sink() as sink:
            code, _, stderr = program.run("send", *program.at(sink.port), *program.FROM_TO, "--text", "private",
                                          "--trace", "--quiet", "--helo", "pump.example.com")
            self.assertEqual(code, 0)
            lines = stderr.decode().splitlines()
            self.assertEqual(lines[0], "S: 220 sink.example.com ready")
            self.assertEqual(lines[1], "C: EHLO pump.example.com")
            for line in ("C: RCPT TO:<ops@example.com>", "C: DATA", "C: QUIT", "S: 250 2.0.0 kept as number 1"):
                self.assertIn(line, lines)
            self.assertRegex(stderr, rb"\nC: \[\d+ octets of content\]\n")
            self.assertTrue(lines[-1].startswith("S: 221"), lines[-1])
            self.assertNotIn(b"private", stderr)

    def test_quiet_says_nothing_when_all_is_well(self):
        with Sink() as sink:
            self.assertEqual(program.run("send", *program.at(sink.port), *program.FROM_TO, "--quiet"), (0, b"", b""))

    def test_bytes_are_counted_on_the_wire(self):
        with Sink() as sink:
            _, small = program.send_raw(sink.port, HEADER + b"x\r\n")
            _, large = program.send_raw(sink.port, HEADER + b"." * 10 + b"x\r\n")
            self.assertEqual(large["bytes_sent"] - small["bytes_sent"], 11)
            self.assertGreater(small["bytes_received"], 100)

    def test_round_trips_without_pipelining(self):
        with Sink() as sink:
            _, result = program.send(sink.port, *THREE, "--text", "x")
            self.assertEqual(result["round_trips"], 7)  # EHLO MAIL RCPT RCPT RCPT DATA content


if __name__ == "__main__":
    unittest.main()
