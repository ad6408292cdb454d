#!/usr/bin/env python3
"""Every mechanism with servers that others have written: Postfix and Exim, with Dovecot behind them."""

import base64
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from dovecot import Dovecot  # noqa: E402
from exim import Exim  # noqa: E402
from postfix import Postfix  # noqa: E402
from unpacked import CannotRun  # noqa: E402

USER, PASSWORD, TOKEN = "pump@example.com", 'pa ss;"w\\#=' + 60 * "x", "ya29." + 700 * "t"
SASL = """
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{port}
smtpd_sasl_security_options = noanonymous
broken_sasl_auth_clients = yes
"""
PASSWORD_MECHANISMS = ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"]
TOKEN_MECHANISMS = ["OAUTHBEARER", "XOAUTH2"]


class Place(tempfile.TemporaryDirectory):
    """A password and a token in files."""

    def __enter__(self):
        place = pathlib.Path(super().__enter__())
        (place / "password").write_text(PASSWORD, encoding="utf-8")
        (place / "token").write_text(TOKEN, encoding="utf-8")
        (place / "wrong").write_text("wrong", encoding="utf-8")
        return place


def ask(command, port, *arguments):
    return program.run_json(command, "--host", "localhost", "--port", str(port), "--security", "starttls", "--ca-file",
                            CERTIFICATES.ca, "--user", USER, *arguments)


def secret_for(mechanism, place, name=None):
    if mechanism in TOKEN_MECHANISMS:
        return ["--token-command", f"cat {place / (name or 'token')}"]
    return ["--password-file", str(place / (name or "password"))]


class WithServers:
    """For the classes below: `start` enters their servers; `server.port` speaks STARTTLS."""

    @classmethod
    def setUpClass(cls):
        cls.contexts = []
        try:
            cls.start()
        except CannotRun as why:
            cls.tearDownClass()
            raise tls_client.skipped(str(why)) from why
        cls.place = cls.enter(Place())

    @classmethod
    def enter(cls, context):
        entered = context.__enter__()
        cls.contexts.append(context)
        return entered

    @classmethod
    def tearDownClass(cls):
        while cls.contexts:
            cls.contexts.pop().__exit__(None, None, None)


class Mechanisms(WithServers):
    OFFERED = []
    BEST = None

    def test_each_logs_in(self):
        for mechanism in self.OFFERED:
            with self.subTest(mechanism):
                code, result = ask("verify", self.server.port, "--auth", mechanism, *secret_for(mechanism, self.place))
                self.assertEqual((code, result["credentials"], result["auth"]), (0, "valid", mechanism), result)

    def test_each_is_told_of_a_wrong_secret(self):
        for mechanism in self.OFFERED:
            with self.subTest(mechanism):
                code, result = ask("verify", self.server.port, "--auth", mechanism,
                                   *secret_for(mechanism, self.place, "wrong"))
                self.assertEqual((code, result["status"]), (77, "auth_rejected"), result)
                self.assertEqual(result["credentials"], "invalid")

    def test_the_strongest_is_taken(self):
        code, result = ask("send", self.server.port, "--from", "pump@example.com", "--to", "mail@example.com", "--text",
                           "x", *secret_for(self.BEST, self.place))
        self.assertEqual((code, result["auth"], result["outcome"]), (0, self.BEST, "accepted"), result)

    def test_no_secret_is_shown(self):
        for mechanism in self.OFFERED:
            _, _, trace = program.run("verify", "--host", "localhost", "--port", str(self.server.port), "--ca-file",
                                      CERTIFICATES.ca, "--user", USER, "--auth", mechanism, "--trace",
                                      *secret_for(mechanism, self.place))
            self.assertIn(f"AUTH {mechanism}".encode(), trace)
            for secret in (PASSWORD.encode(), TOKEN.encode()):
                self.assertNotIn(secret, trace)
                self.assertNotIn(base64.b64encode(secret)[:40], trace)


class PostfixWithDovecot(Mechanisms, unittest.TestCase):
    OFFERED = PASSWORD_MECHANISMS + TOKEN_MECHANISMS
    BEST = "SCRAM-SHA-256"

    @classmethod
    def start(cls):
        dovecot = cls.enter(Dovecot({USER: PASSWORD}, {USER: TOKEN}))
        cls.server = cls.enter(Postfix(more=SASL.format(port=dovecot.port), credential=CERTIFICATES.get("good_ec")))

    def test_a_probe_names_all_of_them(self):
        code, result = ask("probe", self.server.port, "--password-file", str(self.place / "password"))
        self.assertEqual(code, 0)
        self.assertEqual(set(result["supported_authentication"]), set(self.OFFERED))
        self.assertEqual([stage["security"] for stage in result["stages"]], ["none", "starttls"])


class EximWithDovecot(Mechanisms, unittest.TestCase):
    OFFERED = ["SCRAM-SHA-256", "CRAM-MD5", "PLAIN", "LOGIN"]
    BEST = "SCRAM-SHA-256"

    @classmethod
    def start(cls):
        dovecot = cls.enter(Dovecot({USER: PASSWORD}, {}))
        cls.server = cls.enter(Exim(CERTIFICATES.get("good_ec"), password=PASSWORD, dovecot=dovecot))


class EximThatAsksForCertificates(WithServers, unittest.TestCase):
    @classmethod
    def start(cls):
        cls.server = cls.enter(Exim(CERTIFICATES.get("good_ec"), clients=(CERTIFICATES.ca, "CN=pump 7")))

    def verify(self, name, *arguments):
        made = CERTIFICATES.get(name)
        return ask("verify", self.server.port, "--cert", made.file, "--key", made.key, *arguments)

    def test_external_is_chosen_for_a_certificate(self):
        for arguments in ([], ["--auth", "EXTERNAL"], ["--authorization-identity", "tank"]):
            with self.subTest(arguments):
                code, result = self.verify("client_ec", *arguments)
                self.assertEqual((code, result["credentials"], result["auth"]), (0, "valid", "EXTERNAL"), result)

    def test_a_certificate_of_somebody_else(self):
        code, result = self.verify("client_rsa")
        self.assertEqual((code, result["credentials"], result["status"], result["auth"]),
                         (77, "invalid", "auth_rejected", "EXTERNAL"), result)

    def test_it_is_not_offered_without_a_certificate_that_is_trusted(self):
        code, result = self.verify("client_of_unknown_ca")
        self.assertEqual((code, result["credentials"], result["status"]), (77, "could_not_tell", "auth_not_offered"))


def main():
    tls_client.skip_without_tls()
    global CERTIFICATES
    with Certificates() as CERTIFICATES:
        unittest.main()


if __name__ == "__main__":
    main()
