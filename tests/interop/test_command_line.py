#!/usr/bin/env python3
"""The command line itself: usage errors, help, --print, what is refused before any connection."""

import email
import email.policy
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from servers import free_port  # noqa: E402

NOWHERE = ["--host", "127.0.0.1", "--port", "1", "--security", "none"]
PIN = 43 * "A" + "="


def printed(*arguments, stdin=b""):
    code, stdout, stderr = program.run("send", "--print", *program.FROM_TO, *arguments, stdin=stdin)
    assert (code, stderr) == (0, b""), (code, stderr)
    return stdout


def parsed(*arguments, stdin=b""):
    octets = printed(*arguments, stdin=stdin)
    assert b"\n" not in octets.replace(b"\r\n", b"")
    return email.message_from_bytes(octets, policy=email.policy.default)


class UsageErrors(unittest.TestCase):
    CASES = {
        "no command": [],
        "an unknown command": ["fly"],
        "an unknown option": ["probe", *NOWHERE, "--wings"],
        "no server": ["send", *program.FROM_TO],
        "no server to probe": ["probe"],
        "an empty host": ["probe", "--host="],
        "two servers": ["probe", "--server", "smtp://localhost", "--host", "localhost"],
        "a port without a host": ["probe", "--server", "smtp://localhost", "--port", "25"],
        "port 0": ["probe", "--host", "localhost", "--port", "0"],
        "a port above 65535": ["probe", "--host", "localhost", "--port", "65536"],
        "a port that is no number": ["probe", "--server", "smtp://localhost:smtp"],
        "an unknown scheme": ["probe", "--server", "http://localhost"],
        "TLS at a port that is no number": ["probe", "--server", "smtps://localhost:smtps"],
        "a password in the URL": ["probe", "--server", "smtp://me:secret@localhost"],
        "an IPv6 address without its bracket": ["probe", "--server", "smtp://[::1"],
        "an unknown security": ["probe", *NOWHERE[:4], "--security", "some"],
        "a pin of an unknown kind": ["probe", *NOWHERE, "--pin", f"sha1:{PIN}"],
        "a pin without its kind": ["probe", *NOWHERE, "--pin", PIN],
        "a pin that is too short": ["probe", *NOWHERE, "--pin", "sha256:AAAA"],
        "a pin that is too long": ["probe", *NOWHERE, "--pin", f"sha256:{PIN}A"],
        "a pin without its end": ["probe", *NOWHERE, "--pin", f"sha256:{PIN[:-1]}"],
        "a pin with other characters": ["probe", *NOWHERE, "--pin", f"sha256:{PIN[:-2]}-="],
        "a pin with bits that mean nothing": ["probe", *NOWHERE, "--pin", f"sha256:{PIN[:-2]}B="],
        "three pins": ["probe", *NOWHERE, *3 * ["--pin", f"sha256:{PIN}"]],
        "a certificate without its key": ["probe", *NOWHERE, "--cert", "client.pem"],
        "a key without its certificate": ["probe", *NOWHERE, "--key", "client.key"],
        "TLS 1.1": ["probe", *NOWHERE, "--tls-min", "1.1"],
        "TLS 2": ["probe", *NOWHERE, "--tls-max", "2"],
        "the oldest version above the newest": ["probe", *NOWHERE, "--tls-min", "1.3", "--tls-max", "1.2"],
        "no verification and a CA": ["probe", *NOWHERE, "--insecure", "--ca-file", "ca.pem"],
        "no verification and a directory of CAs": ["probe", *NOWHERE, "--insecure", "--ca-dir", "/"],
        "no verification and a pin": ["probe", *NOWHERE, "--insecure", "--pin", f"sha256:{PIN}"],
        "a clock that is neither": ["probe", *NOWHERE, "--clock-not-set", "ask"],
        "an EHLO name with a blank": ["probe", *NOWHERE, "--helo", "a b"],
        "a timeout of 0": ["probe", *NOWHERE, "--timeout", "0"],
        "a timeout of 25 days": ["probe", *NOWHERE, "--timeout", "2160000000"],
        "no author": ["send", *NOWHERE, "--to", "ops@example.com"],
        "no recipient": ["send", *NOWHERE, "--from", "pump@example.com"],
        "a whole message without a recipient": ["send", *NOWHERE, "--from", "pump@example.com", "--raw", "-"],
        "a whole message and a subject": ["send", *NOWHERE, *program.FROM_TO, "--raw", "-", "--subject", "x"],
        "two texts": ["send", *NOWHERE, *program.FROM_TO, "--text", "x", "--text-file", "-"],
        "a text in two words": ["send", *NOWHERE, *program.FROM_TO, "--text", "two", "words"],
        "two subjects": ["send", *NOWHERE, *program.FROM_TO, "--subject", "x", "--subject", "y"],
        "a header without colon": ["send", *NOWHERE, *program.FROM_TO, "--header", "X-Level 3"],
        "a date that is none": ["send", *NOWHERE, *program.FROM_TO, "--date", "yesterday"],
        "a date with a 30th of February": ["send", *NOWHERE, *program.FROM_TO, "--date", "30 Feb 2026 00:00 +0000"],
        "a date after 2106": ["send", *NOWHERE, *program.FROM_TO, "--date", "1 Jan 2107 00:00 +0000"],
        "an option without its value": ["send", *NOWHERE, *program.FROM_TO, "--text"],
    }

    def test_exit_with_64_and_say_so_in_one_line(self):
        for name, arguments in self.CASES.items():
            with self.subTest(name):
                code, stdout, stderr = program.run(*arguments)
                self.assertEqual(code, 64)
                self.assertEqual(stdout, b"")
                self.assertTrue(stderr.startswith(b"mailmote: "), stderr)

    def test_give_one_json_object_too(self):
        for name, arguments in self.CASES.items():
            with self.subTest(name):
                code, result = program.run_json(*arguments[:1], "--json", *arguments[1:])
                self.assertEqual(code, 64)
                self.assertEqual((result["outcome"], result["advice"]), ("not_sent", "fix_configuration"))
                self.assertNotEqual(result["message"], "")

    def test_an_option_never_takes_the_next_option_for_its_value(self):
        code, stdout, _ = program.run("send", "--print", "--text=", *program.FROM_TO)
        self.assertEqual(code, 0)
        self.assertTrue(stdout.endswith(b"\r\n\r\n"), stdout)


class Refused(unittest.TestCase):
    """What is wrong is said before a connection is made: nothing listens here."""

    def test_a_client_certificate_that_cannot_be_read(self):
        with tempfile.TemporaryDirectory() as directory:
            place = pathlib.Path(directory)
            (place / "empty").touch()
            (place / "large").write_bytes(b"x" * 65536)
            for name in ("absent", "empty", "large", ""):
                with self.subTest(name):
                    code, result = program.run_json("probe", *NOWHERE, "--cert", str(place / name), "--key", __file__)
                    self.assertEqual((code, result["status"]), (78, "tls_invalid_key"))
                    self.assertIn(str(place / name), result["message"])

    def test_wrong_addresses_are_named(self):
        for arguments in (["--from", "pump", "--to", "ops@example.com"],
                          ["--from", "pump@example.com", "--to", "ops@example.com", "--bcc", "pump"],
                          ["--from", "pump@example.com", "--to", "ops@example.com", "--envelope-from", "pump"]):
            with self.subTest(arguments):
                code, result = program.run_json("send", *NOWHERE, *arguments)
                self.assertEqual((code, result["outcome"]), (65, "not_sent"))
                self.assertIn("'pump'", result["message"])

    def test_a_file_that_cannot_be_read(self):
        for option in ("--raw", "--text-file"):
            with self.subTest(option):
                code, result = program.run_json("send", *NOWHERE, *program.FROM_TO, option, "/nonexistent/file")
                self.assertEqual((code, result["status"]), (74, "source_failed"))
                self.assertIn("/nonexistent/file", result["message"])

    def test_a_directory_is_no_text(self):
        code, _, stderr = program.run("send", *NOWHERE, *program.FROM_TO, "--raw", "/")
        self.assertEqual(code, 74)
        self.assertIn(b"directory", stderr)

    def test_header_injection(self):
        for arguments in (["--subject", "x\r\nBcc: eve@example.com"], ["--subject", "x\ny"],
                          ["--header", "X-A: b\nX-C: d"], ["--header", "Bad name: x"], ["--message-id", "<a@b>\r\nX: y"]):
            with self.subTest(arguments):
                code, stdout, stderr = program.run("send", "--print", *program.FROM_TO, *arguments)
                self.assertEqual((code, stdout), (65, b""))
                self.assertIn(b"header", stderr)


class WithoutTls(unittest.TestCase):
    """The program as it is built where there is no Mbed TLS."""

    def setUp(self):
        other = os.environ.get("MAILMOTE_WITHOUT_TLS")
        if not other:
            print("skipped: MAILMOTE_WITHOUT_TLS does not say where the program without TLS is")
            self.skipTest("MAILMOTE_WITHOUT_TLS is not set")
        changed = unittest.mock.patch.dict(os.environ, MAILMOTE=other)
        changed.start()
        self.addCleanup(changed.stop)

    def test_says_that_it_has_none(self):
        for security in ([], ["--security", "auto"], ["--security", "starttls"], ["--security", "implicit"]):
            for more in ([], ["--ca-file", "ca.pem", "--tls-min", "1.3"]):
                with self.subTest(f"{security} {more}"):
                    server = f"smtp://127.0.0.1:{free_port()}"
                    code, result = program.run_json("probe", "--server", server, *security, *more)
                    self.assertEqual((code, result["status"], result["tls"]), (78, "no_tls_layer", None))
                    self.assertIn("--security none", result["message"])

    def test_takes_the_options_and_does_not_show_them(self):
        code, stdout, _ = program.run("send", "--help")
        self.assertEqual((code, b"--ca-file" in stdout), (0, False))

    def test_connects_in_clear(self):
        code, result = program.run_json("probe", *program.at(free_port()))
        self.assertEqual((code, result["status"]), (74, "connection_refused"))


class Ways(unittest.TestCase):
    """How a server is to be reached, where nobody is."""

    def setUp(self):
        if b"--ca-file" not in program.run("send", "--help")[1]:
            print("skipped: the program mailmote was built without TLS")
            self.skipTest("the program mailmote was built without TLS")
        self.port = free_port()

    def probe(self, *arguments):
        code, result = program.run_json("probe", *arguments)
        self.assertEqual((code, result["status"], result["phase"]), (74, "connection_refused", "connect"))
        self.assertEqual((result["security"], result["tls"]), ("none", None))
        return result

    def test_auto_tries_both_kinds_of_tls(self):
        both = [{"security": security, "port": self.port, "status": "connection_refused"}
                for security in ("starttls", "implicit")]
        for arguments in (["--server", f"smtp://127.0.0.1:{self.port}"],
                          ["--host", "127.0.0.1", "--port", str(self.port)],
                          ["--server", f"smtps://127.0.0.1:{self.port}", "--security", "auto"]):
            with self.subTest(arguments):
                self.assertEqual(self.probe(*arguments)["tries"], both)

    def test_a_mode_that_was_named_is_the_only_one(self):
        for arguments in (["--server", f"smtps://127.0.0.1:{self.port}"],
                          ["--server", f"smtp://127.0.0.1:{self.port}", "--security", "starttls"]):
            with self.subTest(arguments):
                self.assertEqual(self.probe(*arguments)["tries"], [])

    def test_a_person_reads_what_was_tried(self):
        code, stdout, stderr = program.run("probe", "--host", "127.0.0.1", "--port", str(self.port))
        self.assertEqual((code, stdout), (74, b""))
        for way in ("STARTTLS", "implicit TLS"):
            self.assertIn(f"tried {way} at port {self.port}: connect: nothing listens".encode(), stderr)


class Help(unittest.TestCase):
    def test_is_on_standard_output(self):
        for arguments in (["--help"], ["send", "--help"], ["probe", "--help"]):
            code, stdout, stderr = program.run(*arguments)
            self.assertEqual((code, stderr), (0, b""))
            self.assertIn(arguments[0].strip("-").encode() if len(arguments) == 2 else b"probe", stdout)


class Printed(unittest.TestCase):
    def test_has_the_fields_that_were_given(self):
        mail = parsed("--cc", "Chief <chief@example.com>", "--bcc", "spy@example.com", "--reply-to", "desk@example.com",
                      "--subject", "Tank low", "--text", "Level 3 %\nRefill", "--header", "X-Pump: 7",
                      "--message-id", "<1@pump.example.com>", "--date", "Sat, 21 Nov 2026 06:53:45 +0200")
        self.assertEqual(mail["From"], "pump@example.com")
        self.assertEqual(mail["To"], "ops@example.com")
        self.assertEqual(mail["Cc"].addresses[0].display_name, "Chief")
        self.assertEqual(mail["Reply-To"], "desk@example.com")
        self.assertEqual(mail["Subject"], "Tank low")
        self.assertEqual(mail["X-Pump"], "7")
        self.assertEqual(mail["Message-ID"], "<1@pump.example.com>")
        self.assertEqual(mail["Date"].datetime.timestamp(), 1795236825)
        self.assertEqual(mail.get_content().splitlines(), ["Level 3 %", "Refill"])
        self.assertNotIn("spy", mail.as_string())

    def test_date_in_every_form(self):
        for date in ("Sat, 21 Nov 2026 04:53:45 +0000", "21 Nov 2026 04:53:45 GMT", "Fri,20 Nov 2026 23:53:45 -0500"):
            with self.subTest(date):
                self.assertEqual(parsed("--date", date)["Date"].datetime.timestamp(), 1795236825)

    def test_message_id_is_new_each_time_and_names_the_authors_domain(self):
        first, second = parsed()["Message-ID"], parsed()["Message-ID"]
        self.assertNotEqual(first, second)
        self.assertTrue(first.endswith("@example.com>"), first)

    def test_names_in_all_their_forms(self):
        for author, name in (("Pump <pump@example.com>", "Pump"), ("<pump@example.com>", ""),
                             ('"Pump, third \\"big\\"" <pump@example.com>', 'Pump, third "big"'),
                             ("Pümpe <pump@example.com>", "Pümpe"), ('"a<b" <pump@example.com>', "a<b")):
            with self.subTest(author):
                code, stdout, _ = program.run("send", "--print", "--from", author, "--to", "ops@example.com")
                address = email.message_from_bytes(stdout, policy=email.policy.default)["From"].addresses[0]
                self.assertEqual((code, address.display_name, address.addr_spec), (0, name, "pump@example.com"))

    def test_text_from_a_file_and_from_standard_input(self):
        self.assertEqual(parsed("--text-file", "-", stdin=b"one\ntwo\n").get_content().split(), ["one", "two"])
        with tempfile.NamedTemporaryFile() as file:
            file.write("Füllstand\n".encode())
            file.flush()
            self.assertEqual(parsed("--text-file", file.name).get_content().strip(), "Füllstand")

    def test_a_whole_message_keeps_its_octets_but_for_bcc_and_line_ends(self):
        whole = b"Subject: x\nBcc: eve@example.com,\n mallory@example.com\nX-A: b\r\n\r\n.dot\n\xff\x00end"
        self.assertEqual(printed("--raw", "-", stdin=whole), b"Subject: x\r\nX-A: b\r\n\r\n.dot\r\n\xff\x00end\r\n")

    def test_a_full_disk_is_an_error(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full here")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([program.path(), "send", "--print", *program.FROM_TO, "--text", "x"], stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 74)


if __name__ == "__main__":
    unittest.main()
