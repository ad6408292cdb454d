#!/usr/bin/env python3
"""Logging in to smtp-server, the npm package: each mechanism in clear, after STARTTLS and in implicit TLS."""

import itertools
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from node_server import NodeServer  # noqa: E402
from unpacked import CannotRun  # noqa: E402

# One whose AUTH lines have room for the initial response, and one whose lines have not.
SHORT, LONG = "pump", "pump." + 400 * "x"
USERS = {SHORT: {"password": 'pa ss;"wörd\\', "token": "ya29.short"},
         LONG: {"password": "ü" + 400 * "y", "token": "ya29." + 1500 * "z"}}
PASSWORD_MECHANISMS = ["CRAM-MD5", "PLAIN", "LOGIN"]
MECHANISMS = [*PASSWORD_MECHANISMS, "XOAUTH2"]
WAYS = list(itertools.product(("none", "starttls", "implicit"), MECHANISMS))
CLEAR = "--allow-cleartext-credentials"
WRONG = "wrong"


class Node(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        try:
            cls.server = NodeServer(USERS, CERTIFICATES.get("good_ec")).__enter__()
        except CannotRun as why:
            raise tls_client.skipped(str(why)) from why
        cls.directory = tempfile.TemporaryDirectory()
        cls.place = pathlib.Path(cls.directory.name)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()
        cls.directory.cleanup()

    def ask(self, command, security, *arguments, consent=True):
        result = program.run_json(
            command, "--host", "localhost", "--port", str(self.server.ports[security]), "--security", security,
            "--ca-file", CERTIFICATES.ca, *([CLEAR] if security == "none" and consent else []), *arguments)
        for user in USERS.values():
            self.assertNotIn(user["password"], repr(result))
            self.assertNotIn(user["token"], repr(result))
        return result

    def secret(self, mechanism, user, secret=None):
        is_token = mechanism == "XOAUTH2"
        file = self.place / "secret"
        file.write_text(secret or USERS[user]["token" if is_token else "password"], encoding="utf-8")
        where = ["--token-command", f"cat {file}"] if is_token else ["--password-file", str(file)]
        return ["--user", user, "--auth", mechanism, *where]

    def verify(self, security, mechanism, user, secret=None):
        code, result = self.ask("verify", security, *self.secret(mechanism, user, secret))
        self.assertEqual(result["auth"], mechanism)
        return code, result

    def test_each_logs_in_with_an_initial_response_or_after_334(self):
        more = {"PLAIN": 1, "XOAUTH2": 1, "LOGIN": 1, "CRAM-MD5": 0}
        for security, mechanism in WAYS:
            with self.subTest(security=security, mechanism=mechanism):
                trips = []
                for user in USERS:
                    code, result = self.verify(security, mechanism, user)
                    self.assertEqual((code, result["credentials"]), (0, "valid"), result)
                    trips.append(result["round_trips"])
                self.assertEqual(trips[1] - trips[0], more[mechanism])

    def test_each_is_told_of_a_wrong_secret(self):
        for security, mechanism in WAYS:
            with self.subTest(security=security, mechanism=mechanism):
                for user in USERS:
                    code, result = self.verify(security, mechanism, user, WRONG)
                    self.assertEqual((code, result["credentials"], result["status"], result["smtp_code"]),
                                     (77, "invalid", "auth_rejected", 535))
                    if mechanism == "XOAUTH2":
                        self.assertIn('{"status":"401","schemes":"bearer"}', result["message"])

    def test_mail_of_who_has_logged_in(self):
        for security, mechanism in WAYS:
            with self.subTest(security=security, mechanism=mechanism):
                code, result = self.ask("send", security, *program.FROM_TO, "--text", "Level 3 %",
                                        *self.secret(mechanism, SHORT))
                self.assertEqual((code, result["outcome"], result["auth"]), (0, "accepted", mechanism), result)
                mail = self.server.next_mail()
                self.assertEqual(mail["user"], SHORT)
                self.assertIn("Level 3 %", mail["content"])

    def test_the_strongest_is_taken(self):
        for allowed, used in (("auto", "CRAM-MD5"), ("PLAIN,LOGIN", "PLAIN"), ("LOGIN", "LOGIN")):
            _, result = self.ask("verify", "starttls", *self.secret(allowed, SHORT))
            self.assertEqual((result["credentials"], result["auth"]), ("valid", used))

    def test_nothing_in_clear_without_consent(self):
        for mechanism in MECHANISMS:
            code, result = self.ask("verify", "none", *self.secret(mechanism, SHORT), consent=False)
            self.assertEqual((code, result["status"], result["auth"]), (78, "cleartext_credentials_refused", None))

    def test_a_mail_without_login_is_refused(self):
        code, result = self.ask("send", "starttls", *program.FROM_TO, "--text", "x")
        self.assertEqual((code, result["outcome"], result["smtp_code"]), (69, "rejected", 530))


def main():
    tls_client.skip_without_tls()
    global CERTIFICATES
    with Certificates() as CERTIFICATES:
        unittest.main()


if __name__ == "__main__":
    main()
