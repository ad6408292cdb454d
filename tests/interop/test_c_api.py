#!/usr/bin/env python3
"""Mail from programs in C over verified TLS: one put together from its parts, and the README's first example in C."""

import email
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import private_net  # noqa: E402
import program  # noqa: E402
import proxies  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from servers import Sink  # noqa: E402
from tls_client import MODES, keeper  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402
from unpacked import CannotRun  # noqa: E402

CLIENT, README = os.environ.get("MAILMOTE_C_CLIENT"), os.environ.get("MAILMOTE_C_README")
SYSTEM_CA = "/etc/ssl/certs/ca-certificates.crt"
SECURITY = {"starttls": "2", "implicit": "3"}


def mailed(port, security="auto", mechanism="-", password="right", proxy=("-", 0)):
    """Outcome, status, security, TLS version, mechanism, sentence."""
    command = [CLIENT, "localhost", str(port), security, CERTIFICATES.ca, mechanism, proxy[0], str(proxy[1])]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False,
                          env={**os.environ, "MAILER_LOGIN": password})
    assert (done.returncode, done.stderr) == (0, b""), done
    return done.stdout.decode().rstrip("\n").split(" ", 5)


class FromItsParts(unittest.TestCase):
    def sink(self, mode, *options):
        credential = CERTIFICATES.get("good_ec")
        return Sink("--tls", mode, "--certificate", credential.file, "--key", credential.key, *options)

    def test_a_mail_in_each_security_mode_and_by_auto(self):
        for mode in MODES:
            for security in (mode, "auto"):
                with self.subTest(f"{mode} {security}"), self.sink(mode) as sink:
                    said = mailed(sink.port, security)
                    self.assertEqual(said[:3], ["accepted", "ok", SECURITY[mode]])
                    self.assertIn(said[3], ("2", "3"))
                    parts = [part.get_payload(decode=True) for part in
                             email.message_from_bytes(sink.message()).walk() if not part.is_multipart()]
                    self.assertEqual(parts, [b"Level 3 %\r\n", b"\0\1\2"])

    def test_a_login(self):
        for mechanism in ("plain", "login"):
            with self.subTest(mechanism), self.sink("starttls", "--login", "sensor:right") as sink:
                self.assertEqual(mailed(sink.port, "starttls", mechanism)[4], mechanism.upper())
                self.assertEqual(sink.count(), 1)
                said = mailed(sink.port, "starttls", mechanism, password="wrong")
                self.assertEqual(said[:2], ["not_sent", "auth_rejected"])
                self.assertEqual(mailed(sink.port, "starttls", "scram")[1], "no_common_mechanism")
                self.assertEqual(sink.count(), 1)

    def test_a_server_that_is_not_believed(self):
        for name, status, words in (("wrong_host", "tls_wrong_host", "not for localhost"),
                                    ("expired", "tls_certificate_expired", "expired on 20"),
                                    ("unknown_ca", "tls_untrusted", "no trusted certificate")):
            with self.subTest(name), TlsServer(keeper(server_context(CERTIFICATES.get(name)), "starttls", [])) as server:
                said = mailed(server.port)
                self.assertEqual(said[:2], ["not_sent", status])
                self.assertIn(words, said[5])

    def test_through_a_proxy(self):
        try:
            proxy = self.enterContext(proxies.Microsocks())
        except CannotRun as reason:
            raise tls_client.skipped(f"Microsocks: {reason}") from None
        with self.sink("starttls") as sink:
            self.assertEqual(mailed(sink.port, proxy=("socks5", proxy.port))[:2], ["accepted", "ok"])
            said = mailed(1, "implicit", proxy=("socks5", proxy.port))
            self.assertEqual(said[:2], ["not_sent", "proxy_connection_refused"])
            self.assertEqual(sink.count(), 1)


class Readme(unittest.TestCase):
    """smtp.example.com is this machine here, and its CA is one of the system's."""

    @classmethod
    def setUpClass(cls):
        if not private_net.is_private():
            raise tls_client.skipped(private_net.WHY_NOT)
        if not os.path.exists(SYSTEM_CA):
            raise tls_client.skipped(f"there is no {SYSTEM_CA} to be replaced")
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
    if not CLIENT or not README:
        print("skipped: the programs in C were not built, because Mbed TLS is not there")
        sys.exit(program.SKIPPED)
    private_net.enter()
    global CERTIFICATES
    with Certificates() as CERTIFICATES:
        unittest.main()


if __name__ == "__main__":
    main()
