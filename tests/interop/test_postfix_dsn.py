#!/usr/bin/env python3
"""Reports on delivery (RFC 3461) from Postfix: asked for, they come back to the sender; not asked for, they do not."""

import email
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from postfix import Postfix  # noqa: E402
from unpacked import CannotRun  # noqa: E402

MAIL = ["--from", "pump@example.com", "--text", "Level 3 %"]
BOUNCES = "transport_maps = inline:{ { gone@example.com = error:5.1.1 moved } }\nsmtpd_reject_unlisted_recipient = no"


def status_of(report):
    """What a report says in its message/delivery-status, per message and per recipient."""
    part = next(part for part in report.walk() if part.get_content_type() == "message/delivery-status")
    return part.get_payload()


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Postfix(more=BOUNCES).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def mails_after(self, count, *arguments, to="ops@example.com"):
        code, result = program.send(self.server.port, *MAIL, "--to", to, *arguments)
        self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
        return [email.message_from_bytes(mail) for mail in self.server.delivered(count)]

    def report_after(self, *arguments, mails=2, to="ops@example.com"):
        mails = self.mails_after(mails, *arguments, to=to)
        return next(mail for mail in mails if mail.get_content_type() == "multipart/report")

    def test_success_is_reported(self):
        report = self.report_after("--dsn-notify", "success,failure", "--dsn-envid", "pump 3+4=7")
        of_mail, of_recipient = status_of(report)
        self.assertEqual(of_mail["Original-Envelope-Id"], "pump 3+4=7")
        self.assertEqual((of_recipient["Action"], of_recipient["Status"]), ("delivered", "2.0.0"))
        self.assertIn("ops@example.com", of_recipient["Final-Recipient"])

    def test_how_much_of_a_mail_that_failed_comes_back(self):
        for asked, kind in (("full", "message/rfc822"), ("hdrs", "text/rfc822-headers")):
            with self.subTest(asked):
                report = self.report_after("--dsn-ret", asked, mails=1, to="gone@example.com")
                self.assertEqual(status_of(report)[1]["Action"], "failed")
                self.assertIn(kind, [part.get_content_type() for part in report.walk()])

    def test_nothing_is_reported_by_itself(self):
        for arguments in ([], ["--dsn-notify", "never"], ["--dsn-notify", "failure"]):
            with self.subTest(arguments):
                self.assertEqual(len(self.mails_after(1, *arguments)), 1)
        self.report_after("--dsn-notify", "success")  # which would have come behind one for the mails above


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
