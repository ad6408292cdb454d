#!/usr/bin/env python3
"""The ready-made Mailer, in C++ and in C, and the README's first example as it stands: mails over verified TLS."""

import os
import pathlib
import subprocess
import sys
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import private_net  # noqa: E402
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from servers import Sink, free_port  # noqa: E402
from tls_client import MODES, keeper  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

CLIENTS = {"C++": os.environ.get("MAILMOTE_MAILER_CLIENT"), "C": os.environ.get("MAILMOTE_C_MAILER_CLIENT")}
README = os.environ.get("MAILMOTE_README")
SYSTEM_CA = "/etc/ssl/certs/ca-certificates.crt"
WAYS = {f"{language}: {way}": (language, words) for language in CLIENTS
        for way, words in (("send", []), ("poll", ["poll"]))}


def mailed(port, way=("C++", []), host="localhost", ca=None, mails=1):
    """A line a mail: its outcome, the security mode, and the sentence."""
    language, words = way
    command = [CLIENTS[language], host, str(port), ca or CERTIFICATES.ca, str(mails), *words]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b""), done
    return [line.split(" ", 2) for line in done.stdout.decode().splitlines()]


class Mailer(unittest.TestCase):
    def serve(self, mode, kept, name="good_ec"):
        return TlsServer(keeper(server_context(CERTIFICATES.get(name)), mode, kept))

    def test_one_mail(self):
        """Auto, at a port of one's own: STARTTLS first."""
        for name, way in WAYS.items():
            kept = []
            with self.subTest(name), self.serve("starttls", kept) as server:
                self.assertEqual(mailed(server.port, way), [["accepted", "starttls", "no error"]])
                server.settle()
                self.assertIn(b"Subject: Tank low\r\n", kept[0])
                self.assertIn(b"\r\nDate: ", kept[0])
                self.assertNotIn(b"Subject", server.peers[0].wire.came)

    def test_one_mail_after_the_other_with_one_object(self):
        for name, way in WAYS.items():
            kept = []
            with self.subTest(name), self.serve("starttls", kept) as server:
                self.assertEqual(mailed(server.port, way, mails=3), [["accepted", "starttls", "no error"]] * 3)
                self.assertEqual(len(kept), 3)

    def test_a_server_that_is_not_believed(self):
        for name, way in WAYS.items():
            for credential, words_said in (("wrong_host", "issued for mail.example.org, not for localhost"),
                                     ("expired", "expired on 20"), ("unknown_ca", "no trusted certificate")):
                with self.subTest(f"{name} {credential}"), self.serve("starttls", [], credential) as server:
                    [[outcome, security, sentence]] = mailed(server.port, way)
                    self.assertEqual((outcome, security), ("not_sent", "none"))
                    self.assertIn(words_said, sentence)

    def test_the_systems_certificates_are_the_default(self):
        with self.serve("starttls", []) as server:
            [[outcome, _, sentence]] = mailed(server.port, ca="-")
            self.assertEqual(outcome, "not_sent")
            self.assertIn("no trusted certificate" if os.path.exists(SYSTEM_CA) else "trust", sentence)

    def test_what_cannot_even_begin(self):
        for name, way in WAYS.items():
            with self.subTest(name):
                self.assertEqual(mailed(0, way, host="", mails=2),
                                 [["not_sent", "none", "no server is named: set the host"]] * 2)

    def test_nobody_there(self):
        [[outcome, security, sentence]] = mailed(free_port())
        self.assertEqual((outcome, security), ("not_sent", "none"))
        self.assertTrue(sentence.startswith("connect: "), sentence)


class Login(unittest.TestCase):
    """With aiosmtpd, which takes mail from the user "sensor" only."""

    def sink(self, mode="starttls", *options):
        credential = CERTIFICATES.get("good_ec")
        return Sink("--tls", mode, "--certificate", credential.file, "--key", credential.key, "--login",
                    "sensor:right", *options)

    def mailed(self, sink, password, way=("C++", [])):
        with unittest.mock.patch.dict(os.environ, MAILER_LOGIN=password):
            [[outcome, security, sentence]] = mailed(sink.port, way)
        return outcome, security, sentence

    def test_a_mail_after_a_login(self):
        for mode in MODES:
            for name, way in WAYS.items():
                with self.subTest(f"{mode} {name}"), self.sink(mode) as sink:
                    self.assertEqual(self.mailed(sink, "right", way), ("accepted", mode, "no error"))
                    self.assertIn(b"Level 3 %", sink.message())

    def test_by_login_where_there_is_no_better_one(self):
        with self.sink("starttls", "--without-mechanism", "PLAIN") as sink:
            self.assertEqual(self.mailed(sink, "right")[0], "accepted")

    def test_a_wrong_password(self):
        with self.sink() as sink:
            outcome, _, sentence = self.mailed(sink, "wrong")
            self.assertEqual((outcome, sink.count()), ("not_sent", 0))
            self.assertIn("refuses user or password", sentence)

    def test_no_login(self):
        with self.sink() as sink:
            [[outcome, _, sentence]] = mailed(sink.port)
            self.assertEqual((outcome, sink.count()), ("rejected", 0))
            self.assertIn("wants a login", sentence)


class Readme(unittest.TestCase):
    """smtp.example.com is this machine here, and its CA is one of the system's."""

    @classmethod
    def setUpClass(cls):
        if not private_net.is_private():
            raise tls_client.skipped(private_net.WHY_NOT)
        if not os.path.exists(SYSTEM_CA):
            raise tls_client.skipped(f"there is no {SYSTEM_CA} to be replaced")
        # For this process and what it starts: enter() has given it mounts of its own.
        subprocess.run(["mount", "--bind", CERTIFICATES.ca, SYSTEM_CA], check=True)

    def run_readme(self):
        done = subprocess.run([README], capture_output=True, timeout=120, check=False,
                              env={**os.environ, "SMTP_PASSWORD": "right"})
        return done.returncode, done.stdout.decode()

    def test_mails_by_implicit_tls_and_by_starttls(self):
        for mode, port in zip(MODES, (465, 587)):
            kept = []
            context = server_context(CERTIFICATES.get("smtp_example_com"))
            with self.subTest(mode), TlsServer(keeper(context, mode, kept, login="\0sensor\0right"), port=port):
                self.assertEqual(self.run_readme(), (0, ""))
                self.assertIn(b"From: sensor@example.com\r\nTo: ops@example.com\r\n", kept[0])

    def test_says_why_it_did_not(self):
        with TlsServer(keeper(server_context(CERTIFICATES.get("good_ec")), "implicit", []), port=465):
            code, said = self.run_readme()
        self.assertEqual(code, 1)
        self.assertIn("not for smtp.example.com", said)


def main():
    if not README or not all(CLIENTS.values()):
        print("skipped: the Mailer was not built, because Mbed TLS is not there")
        sys.exit(program.SKIPPED)
    private_net.enter()
    global CERTIFICATES
    with Certificates() as CERTIFICATES:
        unittest.main()


if __name__ == "__main__":
    main()
