#!/usr/bin/env python3
"""Mails through TLS to servers made with OpenSSL, GnuTLS and Mbed TLS, and what their session tickets are good for."""

import os
import pathlib
import stat
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from exim import Exim  # noqa: E402
from postfix import Postfix, without_trace  # noqa: E402
from servers import Sink  # noqa: E402
from tls_client import MODES, PROTOCOL, VERSIONS, is_verified  # noqa: E402
from tls_servers import MbedtlsServer, OpensslServer, TlsServer, server_context  # noqa: E402
from unpacked import CannotRun  # noqa: E402

HEADER = b"From: pump@example.com\r\nTo: ops@example.com\r\nDate: Sat, 21 Nov 2026 04:53:45 +0000\r\n" \
         b"Message-ID: <1@example.com>\r\nSubject: x\r\n\r\n"
BODIES = {
    "small": b"3 %\r\n.dot\r\n",
    "as long as a TLS record": b"".join(b"%062d\r\n" % i for i in range(256)),
    "500 kB of lines": b"".join(b".%d\r\n" % i for i in range(60000)),
}


def lines_of(mail):
    return mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def only(version):
    return ["--tls-min", version, "--tls-max", version]


class Case(unittest.TestCase):
    def delivers(self, port, mode, taken, *arguments, version=None, bodies=BODIES):
        """Mails by this mode, compared with what `taken()` says that the server has got."""
        span = only(version) if version else []
        for name, body in bodies.items():
            with self.subTest(f"{name} by {mode} {version or ''}"):
                code, result = tls_client.send(port, mode, "--ca-file", CERTIFICATES.ca, *span, *arguments,
                                               stdin=HEADER + body)
                self.assertEqual((code, result["outcome"], result["security"]), (0, "accepted", mode), result)
                self.assertTrue(is_verified(result), result)
                self.assertEqual(tls_client.tls_version(result), version or SPOKEN[-1])
                self.assertEqual(lines_of(taken()), HEADER + body)

    def resumes(self, port, mode, version):
        """Three mails with one session file; the second and third handshake are short."""
        session = CERTIFICATES.work / f"session-{port}-{mode}-{version}"
        options = ["--ca-file", CERTIFICATES.ca, "--tls-session", str(session), *only(version)]
        reports = []
        for _ in range(3):
            code, result = tls_client.send(port, mode, *options)
            self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
            self.assertTrue(is_verified(result), result)
            reports.append(result["tls"])
            self.assertEqual(stat.S_IMODE(session.stat().st_mode), 0o600)
        self.assertEqual([report["resumed"] for report in reports], [False, True, True], reports)
        self.assertEqual(reports[0]["peer"], reports[1]["peer"])


class OpenSsl(Case):
    """aiosmtpd with Python's TLS, which is OpenSSL's."""

    def sink(self, name, mode, version):
        credential = CERTIFICATES.get(name)
        return Sink("--tls", mode, "--certificate", credential.file, "--key", credential.key, "--tls-version", version)

    def test_mails(self):
        for name in ("good_ec", "good_rsa"):
            for mode in MODES:
                for version in SPOKEN:
                    with self.subTest(name), self.sink(name, mode, version) as sink:
                        self.delivers(sink.port, mode, lambda: sink.message(sink.count()), version=version)

    def test_tickets(self):
        for mode in MODES:
            for version in SPOKEN:
                with self.subTest(f"{mode} {version}"), self.sink("good_ec", mode, version) as sink:
                    self.resumes(sink.port, mode, version)
                    self.assertEqual(sink.count(), 3)

    def test_groups_records_and_ciphers(self):
        """What servers may want: another group (in 1.3 a second ClientHello), short records, padding, other ciphers."""
        rows = [(version, options) for version in SPOKEN for options in (
            ["-groups", "P-384"], ["-no_ticket"], ["-serverpref"])]
        rows += [("1.2", ["-cipher", cipher]) for cipher in ("ECDHE-ECDSA-AES128-GCM-SHA256",
                                                             "ECDHE-ECDSA-AES256-GCM-SHA384")]
        if SPOKEN == ["1.2"]:
            tls_client.skipped("short records: Mbed TLS 2.28 takes no handshake message that is split over several")
        else:
            rows += [(version, ["-max_send_frag", "512"]) for version in SPOKEN]
            rows += [("1.3", ["-ciphersuites", "TLS_AES_128_GCM_SHA256"]), ("1.3", ["-record_padding", "512"]),
                     ("1.3", ["-num_tickets", "5"]), ("1.3", ["-no_middlebox"])]
        for version, options in rows:
            with Sink() as sink, OpensslServer(sink.port, CERTIFICATES.get("good_ec"), version, *options) as server:
                self.delivers(server.port, "implicit", lambda: sink.message(sink.count()), version=version,
                              bodies={str(options): BODIES["as long as a TLS record"]})

    def test_probe(self):
        with self.sink("good_ec", "starttls", SPOKEN[-1]) as sink:
            code, result = tls_client.probe(sink.port, "starttls", "--ca-file", CERTIFICATES.ca)
            self.assertEqual(code, 0, result)
            self.assertIn("SMTPUTF8", result["capabilities"])
            self.assertNotIn("STARTTLS", result["capabilities"])
            code, stdout, _ = program.run("probe", "--host", "localhost", "--port", str(sink.port), "--security",
                                          "starttls", "--ca-file", CERTIFICATES.ca)
            self.assertEqual(code, 0)
            self.assertIn(f"TLS {SPOKEN[-1]}".encode(), stdout.replace(b"TLSv", b"TLS "))
            self.assertIn(CERTIFICATES.get("good_ec").pin.encode(), stdout)


class OnPostfix(Case):
    @classmethod
    def setUpClass(cls):
        try:
            cls.server = Postfix(credential=CERTIFICATES.get("good_ec")).__enter__()
        except CannotRun as reason:
            raise tls_client.skipped(f"Postfix cannot run here: {reason}") from None
        cls.ports = {"implicit": cls.server.tls_port, "starttls": cls.server.port}

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def test_mails(self):
        for mode, port in self.ports.items():
            for version in SPOKEN:
                for way in ([], ["--no-chunking"], ["--no-chunking", "--no-pipelining"]):
                    self.delivers(port, mode, lambda: self.server.delivered()[0], *way, version=version)

    def test_tickets(self):
        for mode, port in self.ports.items():
            for version in SPOKEN:
                with self.subTest(f"{mode} {version}"):
                    self.resumes(port, mode, version)
        self.server.delivered(3 * len(self.ports) * len(SPOKEN))

    def test_the_wrong_port(self):
        code, result = tls_client.send(self.server.port, "implicit", "--ca-file", CERTIFICATES.ca)
        self.assertEqual((code, result["status"]), (PROTOCOL, "tls_plain_text"), result)
        code, result = tls_client.send(self.server.tls_port, "starttls", "--ca-file", CERTIFICATES.ca,
                                       "--greeting-timeout", "300")
        self.assertEqual((code, result["status"]), (75, "greeting_timeout"), result)

    def test_a_client_certificate_that_is_absent(self):
        more = f"smtpd_tls_req_ccert = yes\nsmtpd_tls_CAfile = {CERTIFICATES.ca}"
        with Postfix(credential=CERTIFICATES.get("good_ec"), more=more) as server:
            for version in SPOKEN:
                with self.subTest(version):
                    code, result = tls_client.send(server.tls_port, "implicit", "--ca-file", CERTIFICATES.ca,
                                                   *only(version))
                    self.assertNotEqual(code, 0)
                    self.assertEqual(result["outcome"], "not_sent")
                    self.assertIn("client certificate", result["message"])


class OnExim(Case):
    """GnuTLS."""

    @classmethod
    def setUpClass(cls):
        try:
            cls.server = Exim(CERTIFICATES.get("good_rsa")).__enter__()
        except CannotRun as reason:
            raise tls_client.skipped(f"Exim cannot run here: {reason}") from None
        cls.ports = {"implicit": cls.server.tls_port, "starttls": cls.server.port}

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def test_mails(self):
        for mode, port in self.ports.items():
            for version in SPOKEN:
                for way in ([], ["--no-chunking"]):
                    self.delivers(port, mode, lambda: without_trace(self.server.delivered()), *way, version=version)

    def test_tickets(self):
        for mode, port in self.ports.items():
            for version in SPOKEN:
                with self.subTest(f"{mode} {version}"):
                    self.resumes(port, mode, version)
                    for _ in range(3):
                        self.server.delivered()


class OnMbedTls(Case):
    def setUp(self):
        self.program = os.environ.get("MAILMOTE_MBEDTLS_SERVER")
        if not self.program:
            raise tls_client.skipped("the Mbed TLS server was not built (MAILMOTE_MBEDTLS_SERVER)")

    def test_mails_and_tickets(self):
        for name in ("good_ec", "good_rsa"):
            with Sink() as sink, MbedtlsServer(self.program, sink.port, CERTIFICATES.get(name)) as server:
                for version in [version for version in SPOKEN if self.speaks(server.port, version)]:
                    with self.subTest(f"{name} {version}"):
                        self.delivers(server.port, "implicit", lambda: sink.message(sink.count()), version=version)
                        self.resumes(server.port, "implicit", version)

    def speaks(self, port, version):
        """Whether the server has this version, as the openssl program sees it."""
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", f"-tls{version.replace('.', '_')}"]
        done = subprocess.run(command, input=b"", capture_output=True, check=False)
        return b"Cipher is (NONE)" not in done.stdout


class Sessions(Case):
    """What is saved from one handshake must not vouch for another one."""

    def setUp(self):
        self.session = str(CERTIFICATES.work / f"session-{self.id()}")
        self.version = SPOKEN[-1]
        pathlib.Path(self.session).unlink(missing_ok=True)

    def serve(self, name, version=None, **how):
        context = server_context(CERTIFICATES.get(name), VERSIONS[version or self.version],
                                 VERSIONS[version or self.version], **how)
        return TlsServer(tls_client.keeper(context, "implicit", []))

    def handshake(self, server, *options, host="localhost"):
        """(exit code, the object) of a mail with the session file."""
        code, result = tls_client.send(server.port, "implicit", "--tls-session", self.session, *options, host=host)
        server.settle()
        return code, result

    def first(self, server, *options, host="localhost"):
        code, result = self.handshake(server, *options, host=host)
        self.assertEqual((code, result["tls"]["resumed"]), (0, False), result)
        self.assertGreater(pathlib.Path(self.session).stat().st_size, 0)

    def full(self, server, *options, host="localhost"):
        """The second handshake is a whole one, and the mail goes out."""
        code, result = self.handshake(server, *options, host=host)
        self.assertEqual((code, result["outcome"], result["tls"]["resumed"]), (0, "accepted", False), result)

    def pin(self, name):
        return ["--pin", f"sha256:{CERTIFICATES.get(name).pin}"]

    def test_without_verification_and_then_with(self):
        ca = ["--ca-file", CERTIFICATES.ca]
        for version in SPOKEN:
            self.version = version
            for name, status in (("unknown_ca", "tls_untrusted"), ("wrong_host", "tls_wrong_host"),
                                 ("expired", "tls_certificate_expired")):
                with self.subTest(f"{name} {version}"), self.serve(name) as server:
                    pathlib.Path(self.session).unlink(missing_ok=True)
                    self.first(server, "--insecure")
                    code, result = self.handshake(server, *ca)
                    self.assertEqual((code, result["status"]), (PROTOCOL, status), result)
            with self.subTest(f"good {version}"), self.serve("good_ec") as server:
                pathlib.Path(self.session).unlink(missing_ok=True)
                self.first(server, "--insecure")
                self.full(server, *ca)

    def test_another_host(self):
        ca = ["--ca-file", CERTIFICATES.ca]
        for version in SPOKEN:
            self.version = version
            with self.subTest(version), self.serve("no_address") as server:
                pathlib.Path(self.session).unlink(missing_ok=True)
                self.first(server, *ca)
                code, result = self.handshake(server, *ca, host="127.0.0.1")
                self.assertEqual((code, result["status"]), (PROTOCOL, "tls_wrong_host"), result)

    def test_other_policies(self):
        """(first options, second options): the second handshake is whole."""
        ca = ["--ca-file", CERTIFICATES.ca]
        more = ["--ca-file", CERTIFICATES.file("root", "second_root")]
        client = CERTIFICATES.get("client_ec")
        rows = {
            "insecure afterwards": (ca, ["--insecure"]),
            "a pin more": (ca, [*ca, *self.pin("good_ec")]),
            "a pin fewer": ([*ca, *self.pin("good_ec")], ca),
            "another pin": (self.pin("good_ec"), [*self.pin("good_rsa"), *self.pin("good_ec")]),
            "another file of CAs": (ca, more),
            "a directory of CAs": (ca, ["--ca-dir", CERTIFICATES.directory("root", "second_root")]),
            "a client certificate": (ca, [*ca, "--cert", client.file, "--key", client.key]),
        }
        if len(SPOKEN) > 1:
            rows["another range of versions"] = (ca, [*ca, "--tls-min", SPOKEN[-1]])
        for name, (before, after) in rows.items():
            with self.subTest(name), self.serve("good_ec") as server:
                pathlib.Path(self.session).unlink(missing_ok=True)
                self.first(server, *before)
                self.full(server, *after)

    def test_the_control_of_these_tests(self):
        """With nothing changed, this server does resume."""
        for version in SPOKEN:
            self.version = version
            with self.subTest(version), self.serve("good_ec") as server:
                pathlib.Path(self.session).unlink(missing_ok=True)
                self.first(server, "--ca-file", CERTIFICATES.ca)
                code, result = self.handshake(server, "--ca-file", CERTIFICATES.ca)
                self.assertEqual((code, result["tls"]["resumed"], is_verified(result)), (0, True, True), result)

    def test_the_contents_of_a_ca_file_have_changed(self):
        file = CERTIFICATES.work / "changing.pem"
        root = pathlib.Path(CERTIFICATES.ca).read_bytes()
        with self.serve("good_ec") as server:
            file.write_bytes(root)
            self.first(server, "--ca-file", str(file))
            file.write_bytes(pathlib.Path(CERTIFICATES.get("other_root").alone).read_bytes())
            code, result = self.handshake(server, "--ca-file", str(file))
            self.assertEqual((code, result["status"]), (PROTOCOL, "tls_untrusted"), result)

    def test_a_pin_that_no_longer_fits(self):
        with self.serve("self_signed") as server:
            self.first(server, *self.pin("self_signed"))
            code, result = self.handshake(server, *self.pin("good_ec"))
            self.assertEqual((code, result["status"]), (PROTOCOL, "tls_pin_mismatch"), result)

    def test_another_port(self):
        credential = CERTIFICATES.get("good_ec")
        context = server_context(credential, VERSIONS[self.version], VERSIONS[self.version])
        script = tls_client.keeper(context, "implicit", [])
        with TlsServer(script) as one, TlsServer(script) as other:  # one set of ticket keys for both
            self.first(one, "--ca-file", CERTIFICATES.ca)
            self.full(other, "--ca-file", CERTIFICATES.ca)

    def test_expired_since(self):
        for version in SPOKEN:
            self.version = version
            seconds = 3
            credential = CERTIFICATES.expiring(seconds)
            end = time.monotonic() + seconds + 1
            context = server_context(credential, VERSIONS[version], VERSIONS[version])
            with self.subTest(version), TlsServer(tls_client.keeper(context, "implicit", [])) as server:
                pathlib.Path(self.session).unlink(missing_ok=True)
                self.first(server, "--ca-file", CERTIFICATES.ca)
                time.sleep(max(0.0, end - time.monotonic()))
                code, result = self.handshake(server, "--ca-file", CERTIFICATES.ca)
                self.assertEqual((code, result["status"]), (PROTOCOL, "tls_certificate_expired"), result)

    def test_a_file_that_holds_something_else(self):
        with self.serve("good_ec") as server:
            self.first(server, "--ca-file", CERTIFICATES.ca)
            good = pathlib.Path(self.session).read_bytes()
            broken = {"nothing": b"", "noise": os.urandom(300), "half": good[: len(good) // 2],
                      "more": good + b"x", "a bit changed": good[:-40] + bytes([good[-40] ^ 1]) + good[-39:],
                      "much": b"\xff" * 100000}
            for name, octets in broken.items():
                with self.subTest(name):
                    pathlib.Path(self.session).write_bytes(octets)
                    code, result = self.handshake(server, "--ca-file", CERTIFICATES.ca)
                    self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
                    self.assertTrue(is_verified(result), result)

    def test_the_file_is_for_its_owner_only(self):
        file = pathlib.Path(self.session)
        with self.serve("good_ec") as server:
            for before in (None, 0o644, 0o666):
                with self.subTest(before):
                    file.unlink(missing_ok=True)
                    if before is not None:
                        file.touch()
                        file.chmod(before)
                    old = os.umask(0)
                    try:
                        self.first(server, "--ca-file", CERTIFICATES.ca)
                    finally:
                        os.umask(old)
                    self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)

    def test_a_file_that_cannot_be_written(self):
        self.session = str(CERTIFICATES.work / "absent" / "session")
        with self.serve("good_ec") as server:
            code, result = self.handshake(server, "--ca-file", CERTIFICATES.ca)
            if result["outcome"] == "accepted":
                self.assertEqual(code, 0)  # a mail that went out is no failure
            else:
                self.assertIn(code, (64, 73, 74, 78))

    def test_a_server_without_tickets(self):
        with self.serve("good_ec", tickets=False) as server:
            for _ in range(2):
                code, result = self.handshake(server, "--ca-file", CERTIFICATES.ca)
                self.assertEqual((code, result["outcome"]), (0, "accepted"), result)

    def test_a_server_that_has_forgotten(self):
        """Tickets of a server that was started again."""
        for _ in range(2):
            with self.serve("good_ec") as server:
                self.full(server, "--ca-file", CERTIFICATES.ca)


def main():
    tls_client.skip_without_tls()
    global CERTIFICATES, SPOKEN
    with Certificates() as CERTIFICATES:
        SPOKEN = tls_client.versions(CERTIFICATES)
        print(f"TLS {' and '.join(SPOKEN)}")
        unittest.main()


if __name__ == "__main__":
    main()
