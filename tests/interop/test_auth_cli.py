#!/usr/bin/env python3
"""Logging in from the command line: where passwords come from, what is refused, and that nobody gets to see them."""

import base64
import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from certificates import Certificates  # noqa: E402
from servers import Scripted, Sink, free_port  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

try:
    import aiosmtpd  # noqa: F401
except ImportError:
    print("skipped: aiosmtpd is not installed (Debian package python3-aiosmtpd)")
    sys.exit(program.SKIPPED)

USER, PASSWORD = "pump", 'pa ss;"wörd" \\#=' + 60 * "x"
CLEAR = "--allow-cleartext-credentials"


def encoded(text):
    return base64.b64encode(text.encode()).decode()


class WithSink(unittest.TestCase):
    OPTIONS = ()

    @classmethod
    def setUpClass(cls):
        cls.sink = Sink("--login", f"{USER}:{PASSWORD}", *cls.OPTIONS).__enter__()
        cls.place = tempfile.TemporaryDirectory()
        cls.file = pathlib.Path(cls.place.name) / "password"
        cls.file.write_text(PASSWORD + "\n", encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.sink.__exit__()
        cls.place.cleanup()

    def ask(self, command, *arguments, stdin=b""):
        code, result = program.run_json(command, *program.at(self.sink.port), CLEAR, *arguments, stdin=stdin)
        self.assertNotIn("pa ss", repr(result))
        return code, result

    def verify(self, *arguments, stdin=b""):
        code, result = self.ask("verify", "--user", USER, *arguments, stdin=stdin)
        return code, result["credentials"], result["auth"]


class Sources(WithSink):
    VALID = (0, "valid", "PLAIN")

    def test_a_file(self):
        self.assertEqual(self.verify("--password-file", str(self.file)), self.VALID)

    def test_only_the_first_line_of_it(self):
        for text in (PASSWORD, PASSWORD + "\r\n", PASSWORD + "\nlogin: pump\n"):
            with self.subTest(text):
                self.assertEqual(self.verify("--password-file", "-", stdin=text.encode()), self.VALID)

    def test_the_environment(self):
        os.environ["MAILMOTE_TEST_PASSWORD"] = PASSWORD
        self.addCleanup(os.environ.pop, "MAILMOTE_TEST_PASSWORD")
        self.assertEqual(self.verify("--password-env", "MAILMOTE_TEST_PASSWORD"), self.VALID)

    def test_a_command_without_a_shell(self):
        place = pathlib.Path(self.place.name)
        odd = place / "a b'c\"$HOME"
        odd.write_text(PASSWORD, encoding="utf-8")
        quoted = str(odd).replace("\\", "\\\\").replace('"', '\\"')
        for command in (f"cat {self.file}", f"  cat\t'{self.file}' ", f'cat "{quoted}"'):
            with self.subTest(command):
                self.assertEqual(self.verify("--password-command", command), self.VALID)

    def test_a_command_gets_nothing_to_read(self):
        code, _ = program.send(self.sink.port, CLEAR, "--user", USER, "--raw", "-", "--password-command",
                               f"sh -c 'cat; cat {self.file}'", stdin=b"Subject: x\r\n\r\nkept\r\n")
        self.assertEqual(code, 0)
        self.assertIn(b"kept", self.sink.message(self.sink.count()))

    def test_a_person_at_a_terminal(self):
        child, terminal = pty.fork()
        if child == 0:
            os.execv(program.path(), [program.path(), "verify", *program.at(self.sink.port), CLEAR, "--user", USER])
        shown = b""
        while b": " not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, PASSWORD.encode() + b"\n")
        try:
            while True:
                shown += os.read(terminal, 1024)
        except OSError:  # the other side is closed
            pass
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        self.assertEqual(os.waitstatus_to_exitcode(status), 0, shown)
        self.assertIn(b"Password of pump: ", shown)
        self.assertNotIn(b"pa ss", shown)

    def test_what_gives_no_password(self):
        for arguments, words in (
                (["--password-file", "/nonexistent/file"], "/nonexistent/file"),
                (["--password-file", "-"], "standard input"),
                (["--password-file", "/"], "directory"),
                (["--password-env", "MAILMOTE_TEST_NOT_SET"], "MAILMOTE_TEST_NOT_SET is not set"),
                (["--password-command", "false"], "false exited with 1"),
                (["--password-command", "true"], "empty"),
                (["--password-command", "/nonexistent/command"], "cannot be started"),
                (["--password-command", "cat 'x"], "quote"),
                (["--password-command", "  "], "quote"),
                (["--password-command", "cat /dev/zero"], "too much"),
                (["--password-command", "sleep 60", "--timeout", "200"], "too long"),
        ):
            with self.subTest(arguments):
                code, result = self.ask("verify", "--user", USER, *arguments)
                self.assertEqual((code, result["status"]), (78, "invalid_credentials"))
                self.assertIn(words, result["message"])


class Mechanisms(WithSink):
    def test_the_strongest_that_both_have(self):
        self.assertEqual(self.verify("--password-file", str(self.file)), (0, "valid", "PLAIN"))
        for allowed, used in (("login", "LOGIN"), ("LOGIN,plain", "PLAIN"), ("auto", "PLAIN")):
            with self.subTest(allowed):
                self.assertEqual(self.verify("--password-file", str(self.file), "--auth", allowed), (0, "valid", used))

    def test_the_url_may_say_user_and_mechanisms(self):
        url = f"smtp://{USER}@127.0.0.1:{self.sink.port}?auth=LOGIN"
        code, result = program.run_json("verify", "--server", url, "--security", "none", CLEAR, "--password-file",
                                        str(self.file))
        self.assertEqual((code, result["auth"]), (0, "LOGIN"))

    def test_none_in_common(self):
        code, result = self.ask("verify", "--user", USER, "--password-file", str(self.file), "--auth", "CRAM-MD5")
        self.assertEqual((code, result["status"], result["credentials"]), (77, "no_common_mechanism", "could_not_tell"))
        self.assertIn("CRAM-MD5", result["message"])
        self.assertIn("PLAIN", result["message"])

    def test_a_wrong_password(self):
        for command in ("verify", "probe"):
            code, result = self.ask(command, "--user", USER, "--password-file", "-", stdin=b"no pa ss")
            self.assertEqual((code, result["status"], result["smtp_code"]), (77, "auth_rejected", 535))
            self.assertEqual(result["credentials"], "invalid" if command == "verify" else None)

    def test_mail(self):
        code, result = program.send(self.sink.port, CLEAR, "--user", USER, "--password-file", str(self.file))
        self.assertEqual((code, result["auth"], result["outcome"]), (0, "PLAIN", "accepted"))
        code, result = program.send(self.sink.port)
        self.assertEqual((code, result["smtp_code"], result["advice"]), (69, 530, "fix_configuration"))

    def test_in_clear_only_with_consent(self):
        code, result = program.run_json("verify", *program.at(self.sink.port), "--user", USER, "--password-file",
                                        str(self.file))
        self.assertEqual((code, result["status"], result["auth"]), (78, "cleartext_credentials_refused", None))
        self.assertIn("--allow-cleartext-credentials", result["message"])


class Shown(WithSink):
    def test_the_trace_has_no_secret(self):
        for allowed in ("PLAIN", "LOGIN"):
            code, _, trace = program.run("verify", *program.at(self.sink.port), CLEAR, "--user", USER, "--trace",
                                         "--password-file", str(self.file), "--auth", allowed)
            self.assertEqual(code, 0)
            lines = trace.decode().splitlines()
            asked = next(number for number, line in enumerate(lines) if f"C: AUTH {allowed}" in line)
            self.assertEqual(lines[asked], f"C: AUTH {allowed} [secret]")
            self.assertEqual(lines[asked + 1][:4], "S: 2" if allowed == "PLAIN" else "S: 3")
            for secret in (PASSWORD, encoded(PASSWORD), encoded(f"\0{USER}\0{PASSWORD}")):
                self.assertNotIn(secret.encode(), trace)

    def test_a_probe_shows_what_is_offered(self):
        code, result = self.ask("probe")
        self.assertEqual((code, result["auth"]), (0, None))
        self.assertEqual(sorted(result["supported_authentication"]), ["LOGIN", "PLAIN"])
        self.assertEqual([stage["security"] for stage in result["stages"]], ["none"])
        _, stdout, _ = program.run("probe", *program.at(self.sink.port))
        self.assertRegex(stdout.decode(), r"AUTH\): +(LOGIN, PLAIN|PLAIN, LOGIN)")


class Scripts(unittest.TestCase):
    """Replies that no server here gives."""

    def verify(self, *replies, offer="PLAIN", arguments=()):
        def script(peer):
            peer.greet(f"AUTH {offer}")
            for reply in replies:
                peer.reader.readline()
                peer.say(reply)
            peer.wait_for_end()
        with Scripted(script) as server:
            return program.run_json("verify", *program.at(server.port), CLEAR, "--user", USER, "--password-file", "-",
                                    *arguments, stdin=PASSWORD.encode())

    def test_for_now_is_not_for_good(self):
        code, result = self.verify("454 4.7.0 try later", "221 bye")
        self.assertEqual((code, result["status"], result["credentials"]), (75, "auth_rejected", "could_not_tell"))

    def test_what_a_provider_means(self):
        _, result = self.verify("535 5.7.8 Username and Password not accepted", "221 bye")
        self.assertIn("app password", result["message"])

    def test_a_refused_token_says_why(self):
        text = '{"status":"401"}'
        code, result = self.verify(f"334 {encoded(text)}", "535 5.7.8 no", "221 bye", offer="XOAUTH2",
                                   arguments=["--auth", "XOAUTH2", "--token-command", "echo abc"])
        self.assertEqual((code, result["auth"], result["credentials"]), (77, "XOAUTH2", "invalid"))
        self.assertIn(text, result["message"])

    def external(self, response, *arguments):
        def script(peer):
            peer.greet("AUTH PLAIN EXTERNAL")
            peer.hear(f"AUTH EXTERNAL {response}\r\n")
            peer.say("235 welcome")
            peer.hear("QUIT")
            peer.say("221 bye")
        with Scripted(script) as server:
            code, result = program.run_json("verify", *program.at(server.port), CLEAR, "--auth", "EXTERNAL", *arguments)
        self.assertEqual((code, result["credentials"], result["auth"]), (0, "valid", "EXTERNAL"))

    def test_external_needs_no_secret(self):
        self.external("=")
        self.external(encoded("tank"), "--authorization-identity", "tank")

    def test_a_server_in_clear_that_is_not_there(self):
        code, result = program.run_json("verify", *program.at(free_port()), CLEAR, "--user", USER, "--password-file",
                                        "-", stdin=b"x")
        self.assertEqual((code, result["credentials"]), (74, "could_not_tell"))


class ByCertificate(unittest.TestCase):
    """A server in TLS that knows its clients by their certificates."""

    @classmethod
    def setUpClass(cls):
        _, text, _ = program.run("verify", "--help")
        if b"--ca-file" not in text:
            print("skipped: the program mailmote was built without TLS")
            raise unittest.SkipTest("the program mailmote was built without TLS")
        cls.certificates = Certificates().__enter__()
        cls.context = server_context(cls.certificates.get("good_ec"), client_ca=cls.certificates.ca)

    @classmethod
    def tearDownClass(cls):
        cls.certificates.__exit__(None, None, None)

    def verify(self, offered, said, *arguments):
        """The mechanism that was used; `said`: its AUTH command, or None where nobody logs in."""
        def script(peer):
            peer.start_tls(self.context)
            peer.greet(f"AUTH {offered}")
            if said:
                peer.hear(f"AUTH {said}\r\n")
                peer.say("235 welcome")
            peer.take_quit()
        made = self.certificates.get("client_ec")
        with TlsServer(script) as server:
            code, result = program.run_json(
                "verify", "--host", "localhost", "--port", str(server.port), "--security", "implicit", "--ca-file",
                self.certificates.ca, "--cert", made.file, "--key", made.key, *arguments, stdin=PASSWORD.encode())
        self.assertEqual((code, result["credentials"]), (0, "valid"), result)
        return result["auth"]

    def test_external_where_there_is_no_secret(self):
        for arguments, response in ((["--user", USER], "="),
                                    (["--user", USER, "--authorization-identity", "tank"], encoded("tank"))):
            self.assertEqual(self.verify("PLAIN EXTERNAL SCRAM-SHA-256", f"EXTERNAL {response}", *arguments), "EXTERNAL")

    def test_a_password_where_there_is_one(self):
        plain = encoded(f"\0{USER}\0{PASSWORD}")
        self.assertEqual(self.verify("EXTERNAL PLAIN", f"PLAIN {plain}", "--user", USER, "--password-file", "-"),
                         "PLAIN")


class UsageErrors(unittest.TestCase):
    NOWHERE = ["--host", "127.0.0.1", "--port", "1", "--security", "none"]
    CASES = {
        "nobody to verify": [],
        "a password of nobody": ["--password-file", "-"],
        "two passwords": ["--user", "u", "--password-file", "-", "--password-env", "X"],
        "an unknown mechanism": ["--user", "u", "--auth", "ROT13"],
        "a mechanism that is not here": ["--user", "u", "--auth", "NTLM"],
        "no mechanism": ["--user", "u", "--auth", "PLAIN,"],
        "a token mechanism without token": ["--user", "u", "--auth", "XOAUTH2", "--password-file", "-"],
        "a mechanism without user": ["--auth", "PLAIN"],
        "a password as an option": ["--user", "u", "--password", "x"],
    }

    def test_exit_with_64(self):
        for name, arguments in self.CASES.items():
            with self.subTest(name):
                code, result = program.run_json("verify", *self.NOWHERE, *arguments)
                self.assertEqual(code, 64, result)

    def test_no_terminal_to_ask_at(self):
        done = subprocess.run([program.path(), "verify", *self.NOWHERE, CLEAR, "--user", "u"], start_new_session=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 64)
        self.assertIn(b"--password-file", done.stderr)


if __name__ == "__main__":
    unittest.main()
