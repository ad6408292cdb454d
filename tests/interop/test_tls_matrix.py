#!/usr/bin/env python3
"""Certificates, good and bad, by TLS from the first octet and by STARTTLS, in every version: who is believed.

Whoever is not believed gets no SMTP command after the handshake.
"""

import ipaddress
import pathlib
import ssl
import sys
import unittest
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import private_net  # noqa: E402
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from tls_client import CONFIGURATION, MODES, PROTOCOL, VERSIONS, is_verified, keeper, nothing_in_clear  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

ADDRESS = "127.0.0.1"
GOOD = [("good_ec", "localhost"), ("good_ec", ADDRESS), ("good_rsa", "localhost"), ("good_rsa", ADDRESS),
        ("other_names_too", "localhost"), ("other_names_too", ADDRESS), ("no_address", "localhost"),
        ("good_ec", "LocalHost")]
# (certificate, host, the possible names of the status, what the sentence says)
BAD = [
    ("wrong_host", "localhost", ["tls_wrong_host"], "issued for mail.example.org, not for localhost"),
    ("wrong_host", ADDRESS, ["tls_wrong_host"], "issued for mail.example.org, not for 127.0.0.1"),
    ("wrong_address", ADDRESS, ["tls_wrong_host"], "issued for 192.0.2.1, not for 127.0.0.1"),
    ("no_address", ADDRESS, ["tls_wrong_host"], "issued for localhost, not for 127.0.0.1"),
    ("address_as_name", ADDRESS, ["tls_wrong_host"], "not for 127.0.0.1"),
    ("cn_only", "localhost", ["tls_wrong_host"], "not for localhost"),
    ("wildcard_for_all", "localhost", ["tls_wrong_host"], "not for localhost"),
    ("wildcard_in_word", "localhost", ["tls_wrong_host"], "not for localhost"),
    ("expired", "localhost", ["tls_certificate_expired"], "expired on"),
    ("not_yet_valid", "localhost", ["tls_certificate_not_yet_valid"], "valid"),
    ("self_signed", "localhost", ["tls_untrusted"], "trust"),
    ("unknown_ca", "localhost", ["tls_untrusted"], "trust"),
    ("missing_intermediate", "localhost", ["tls_untrusted"], "trust"),
    ("signed_by_a_leaf", "localhost", ["tls_untrusted", "tls_bad_certificate"], "certificate"),
    ("for_clients_only", "localhost", ["tls_bad_certificate"], "certificate"),
]
NAMED = {  # those that need names other than localhost
    "good": [("wildcard", "mail.example.com")],
    "bad": [("wildcard", "deep.mail.example.com", ["tls_wrong_host"],
             "issued for *.example.com, not for deep.mail.example.com"),
            ("wildcard", "mail.example.org", ["tls_wrong_host"], "issued for *.example.com, not for mail.example.org"),
            ("good_ec", "mail.example.com", ["tls_wrong_host"], "issued for localhost")],
}


def canonical(name):
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return name


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = CERTIFICATES

    def believed(self, server, kept, mode, *arguments, host="localhost"):
        code, result = tls_client.send(server.port, mode, *arguments, host=host)
        server.settle()
        self.assertEqual((code, result["outcome"], len(kept)), (0, "accepted", 1), result)
        nothing_in_clear(server)
        return result

    def refused(self, server, mode, *arguments, host="localhost", exit_code=PROTOCOL):
        """The result of a mail that did not get beyond the handshake."""
        code, result = tls_client.send(server.port, mode, *arguments, host=host)
        server.settle()
        self.assertEqual((code, result["outcome"]), (exit_code, "not_sent"), result)
        self.assertEqual(result["recipients"][0]["outcome"], "not_sent")
        nothing_in_clear(server)
        self.assertEqual([peer.lines_in_tls for peer in server.peers if peer.lines_in_tls], [])
        return result

    def serve(self, name, mode, version=None, kept=None):
        span = (VERSIONS[version], VERSIONS[version]) if version else ()
        context = server_context(self.made.get(name), *span)
        return TlsServer(keeper(context, mode, [] if kept is None else kept))


class Matrix(Case):
    def good(self, rows, ca):
        for name, host in rows:
            for mode in MODES:
                for version in SPOKEN:
                    with self.subTest(f"{name} at {host} by {mode} {version}"):
                        kept = []
                        with self.serve(name, mode, version, kept) as server:
                            result = self.believed(server, kept, mode, "--ca-file", ca, "--tls-max", version, host=host)
                        self.check_report(result, self.made.get(name), version)

    def check_report(self, result, credential, version):
        tls = result["tls"]
        self.assertEqual(tls["version"], f"TLS {version}")
        self.assertIn("GCM", tls["cipher"].upper().replace("CHACHA20-POLY1305", "GCM"))
        self.assertTrue(is_verified(result), tls)
        self.assertFalse(tls["resumed"])
        peer = tls["peer"]
        self.assertEqual(peer["subject"], f"CN={credential.subject}")
        self.assertEqual([canonical(name) for name in peer["names"]], credential.names)
        self.assertEqual(peer["spki_sha256"], credential.pin)
        self.assertEqual((peer["not_before"], peer["not_after"]), ("2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z"))

    def bad(self, rows):
        for name, host, statuses, words in rows:
            for mode in MODES:
                for version in SPOKEN:
                    with self.subTest(f"{name} at {host} by {mode} {version}"):
                        with self.serve(name, mode, version) as server:
                            result = self.refused(server, mode, "--ca-file", self.made.ca, host=host)
                        self.assertIn(result["status"], statuses, result)
                        self.assertIn(words, result["message"])
                        self.assertEqual((result["phase"], result["advice"]), ("tls", "fix_configuration"), result)
                        self.assertEqual(len(server.peers), 1)

    def test_good_ones(self):
        self.good(GOOD, self.made.ca)

    def test_a_long_rsa_chain(self):
        self.good([("good_rsa_4096", "localhost")], self.made.ca_4096)

    def test_bad_ones(self):
        self.bad(BAD)

    def test_names_in_a_zone(self):
        if not private_net.is_private():
            raise tls_client.skipped(private_net.WHY_NOT)
        self.good(NAMED["good"], self.made.ca)
        self.bad(NAMED["bad"])

    def test_the_address_of_ipv6(self):
        try:
            server = TlsServer(lambda peer: None, "::1").__enter__()
        except OSError as reason:
            raise tls_client.skipped(f"no IPv6 here: {reason}")
        server.__exit__(None)
        for name, fine in (("good_ec", True), ("no_address", False)):
            kept = []
            context = server_context(self.made.get(name))
            with self.subTest(name), TlsServer(keeper(context, "implicit", kept), "::1") as server:
                if fine:
                    self.believed(server, kept, "implicit", "--ca-file", self.made.ca, host="::1")
                else:
                    result = self.refused(server, "implicit", "--ca-file", self.made.ca, host="::1")
                    self.assertIn("issued for localhost, not for ::1", result["message"])

    def test_the_sentence_names_the_day(self):
        for name, year in (("expired", "2021"), ("not_yet_valid", "2039")):
            with self.subTest(name), self.serve(name, "implicit") as server:
                self.assertIn(year, self.refused(server, "implicit", "--ca-file", self.made.ca)["message"])

    def test_probe_says_it_too(self):
        with self.serve("expired", "implicit") as server:
            code, result = tls_client.probe(server.port, "implicit", "--ca-file", self.made.ca)
            self.assertEqual((code, result["status"]), (PROTOCOL, "tls_certificate_expired"))
            self.assertEqual(result["tls"]["peer"]["subject"], "CN=localhost")
            code, stdout, stderr = program.run("probe", "--server", f"smtps://localhost:{server.port}", "--ca-file",
                                               self.made.ca)
            self.assertEqual((code, stdout), (PROTOCOL, b""))
            self.assertIn(b"expired on", stderr)


class Trust(Case):
    """Where trust comes from, and what it does not replace."""

    def test_smtps_in_the_address(self):
        kept = []
        with self.serve("good_ec", "implicit", kept=kept) as server:
            code, result = program.run_json("send", "--server", f"smtps://localhost:{server.port}", "--ca-file",
                                            self.made.ca, *program.FROM_TO, "--text", "x")
        self.assertEqual((code, len(kept), is_verified(result)), (0, 1, True), result)

    def test_a_directory(self):
        for names, fine in ((["second_root", "root"], True), (["second_root", "other_root"], False)):
            kept = []
            with self.subTest(names), self.serve("good_ec", "implicit", kept=kept) as server:
                options = ["--ca-dir", self.made.directory(*names)]
                if fine:
                    self.believed(server, kept, "implicit", *options)
                else:
                    self.assertEqual(self.refused(server, "implicit", *options)["status"], "tls_untrusted")

    def test_a_file_with_many(self):
        kept = []
        with self.serve("good_ec", "implicit", kept=kept) as server:
            self.believed(server, kept, "implicit", "--ca-file", self.made.file("other_root", "second_root", "root"))

    def test_without_being_told_whom_to_trust(self):
        with self.serve("good_ec", "implicit") as server:
            result = self.refused(server, "implicit", exit_code=PROTOCOL)
            self.assertIn(result["status"], ("tls_untrusted", "tls_no_trust"))

    def test_a_file_that_is_none(self):
        broken = self.made.work / "broken.pem"
        broken.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        empty = self.made.work / "empty.pem"
        empty.touch()
        for file in (broken, empty, self.made.work / "absent.pem"):
            with self.subTest(file.name), self.serve("good_ec", "implicit") as server:
                code, result = tls_client.send(server.port, "implicit", "--ca-file", str(file))
                self.assertNotEqual(code, 0)
                self.assertIn(code, (66, CONFIGURATION, PROTOCOL))
                self.assertEqual((result["outcome"], server.lines), ("not_sent", []))

    def test_insecure_shows_in_the_result(self):
        for name in ("self_signed", "wrong_host", "expired", "good_ec"):
            for mode in MODES:
                kept = []
                with self.subTest(f"{name} by {mode}"), self.serve(name, mode, kept=kept) as server:
                    result = self.believed(server, kept, mode, "--insecure")
                    tls = result["tls"]
                    self.assertEqual((tls["insecure"], tls["verified"]["chain"]), (True, False))
                    self.assertEqual(tls["peer"]["spki_sha256"], self.made.get(name).pin)


class Pins(Case):
    def pin(self, *names):
        return [word for name in names for word in ("--pin", f"sha256:{self.made.get(name).pin}")]

    def test_a_pin_replaces_the_chain(self):
        for name in ("self_signed", "unknown_ca", "missing_intermediate", "good_ec", "good_rsa"):
            for mode in MODES:
                kept = []
                with self.subTest(f"{name} by {mode}"), self.serve(name, mode, kept=kept) as server:
                    result = self.believed(server, kept, mode, *self.pin(name))
                    self.assertTrue(is_verified(result, "pin"), result)

    def test_a_pin_does_not_replace_host_and_time(self):
        for name, status in (("wrong_host", "tls_wrong_host"), ("expired", "tls_certificate_expired"),
                             ("not_yet_valid", "tls_certificate_not_yet_valid"), ("cn_only", "tls_wrong_host")):
            with self.subTest(name), self.serve(name, "implicit") as server:
                self.assertEqual(self.refused(server, "implicit", *self.pin(name))["status"], status)

    def test_another_key(self):
        for options in ([], ["--ca-file", self.made.ca]):
            with self.subTest(options), self.serve("good_ec", "implicit") as server:
                result = self.refused(server, "implicit", *self.pin("good_rsa"), *options)
                self.assertEqual(result["status"], "tls_pin_mismatch")

    def test_a_pin_of_an_authority_is_none_of_the_server(self):
        with self.serve("good_ec", "implicit") as server:
            self.assertEqual(self.refused(server, "implicit", *self.pin("intermediate"))["status"], "tls_pin_mismatch")

    def test_the_second_of_two(self):
        kept = []
        with self.serve("self_signed", "implicit", kept=kept) as server:
            self.believed(server, kept, "implicit", *self.pin("good_rsa", "self_signed"))

    def test_a_pin_and_a_ca_must_both_hold(self):
        with self.serve("self_signed", "implicit") as server:
            result = self.refused(server, "implicit", *self.pin("self_signed"), "--ca-file", self.made.ca)
            self.assertEqual(result["status"], "tls_untrusted")

    def test_what_is_no_pin(self):
        good = self.made.get("good_ec").pin
        for words in (["--pin", good], ["--pin", "sha256:AAAA"], ["--pin", f"sha256:{good[:-1]}"],
                      ["--pin", f"sha256:{good}A"], ["--pin", f"sha1:{good}"], ["--pin", f"sha256:{'!' * 43}="],
                      self.pin("good_ec", "good_rsa", "self_signed")):
            with self.subTest(words), self.serve("good_ec", "implicit") as server:
                code, result = tls_client.send(server.port, "implicit", *words)
                self.assertEqual((code, result["outcome"], server.peers), (64, "not_sent", []))


class Clients(Case):
    """Certificates of the client."""

    def serve_clients(self, mode, version, kept, who):
        def script(peer):
            peer.secure(mode, context)
            who.append(dict(part[0] for part in peer.tls.getpeercert()["subject"])["commonName"])
            peer.greet_in(mode)
            kept.append(peer.take_mail())

        context = server_context(self.made.get("good_ec"), VERSIONS[version], VERSIONS[version], self.made.ca)
        return TlsServer(script)

    def of(self, name):
        credential = self.made.get(name)
        return ["--cert", credential.file, "--key", credential.key, "--ca-file", self.made.ca]

    def test_good_ones(self):
        for name, expected in (("client_ec", "pump 7"), ("client_rsa", "pump 8")):
            for mode in MODES:
                for version in SPOKEN:
                    kept, who = [], []
                    with self.subTest(f"{name} by {mode} {version}"):
                        with self.serve_clients(mode, version, kept, who) as server:
                            self.believed(server, kept, mode, *self.of(name))
                        self.assertEqual(who, [expected])

    def test_bad_ones_and_none(self):
        for name, options in (("unknown", self.of("client_of_unknown_ca")), ("none", ["--ca-file", self.made.ca])):
            for mode in MODES:
                for version in SPOKEN:
                    with self.subTest(f"{name} by {mode} {version}"):
                        with self.serve_clients(mode, version, [], []) as server:
                            code, result = tls_client.send(server.port, mode, *options)
                        self.assertEqual((code, result["status"], result["outcome"]),
                                         (PROTOCOL, "tls_client_certificate_refused", "not_sent"), result)
                        self.assertIn("certificate", result["message"])

    def test_a_421_in_place_of_the_greeting(self):
        """As Postfix has it, when it has asked for a certificate and got none."""
        def script(peer):
            peer.secure("implicit", context)
            peer.say("421 4.7.1 scripted.example.com Error: TLS required with a client certificate")

        context = server_context(self.made.get("good_ec"), client_ca=self.made.ca)
        context.verify_mode = ssl.CERT_OPTIONAL
        with TlsServer(script) as server:
            code, result = tls_client.send(server.port, "implicit", "--ca-file", self.made.ca)
        self.assertEqual((result["outcome"], result["smtp_code"]), ("not_sent", 421), result)
        self.assertNotEqual(code, 0)
        self.assertIn("client certificate", result["message"])

    def test_a_421_from_a_server_that_asked_for_no_certificate(self):
        def script(peer):
            peer.secure("implicit", context)
            peer.say("421 4.3.2 busy")

        context = server_context(self.made.get("good_ec"))
        with TlsServer(script) as server:
            code, result = tls_client.send(server.port, "implicit", "--ca-file", self.made.ca)
        self.assertEqual((code, result["status"]), (75, "service_closing"), result)
        self.assertNotIn("client certificate", result["message"])

    def test_a_key_that_does_not_fit(self):
        with self.serve("good_ec", "implicit") as server:
            code, result = tls_client.send(
                server.port, "implicit", "--ca-file", self.made.ca, "--cert", self.made.get("client_ec").file, "--key",
                self.made.get("client_rsa").key)
            self.assertIn(code, (CONFIGURATION, PROTOCOL))
            self.assertEqual((result["status"], server.lines), ("tls_invalid_key", []), result)


class Versions(Case):
    def test_the_best_that_both_have(self):
        kept = []
        with self.serve("good_ec", "implicit", kept=kept) as server:
            result = self.believed(server, kept, "implicit", "--ca-file", self.made.ca)
        self.assertEqual(tls_client.tls_version(result), SPOKEN[-1])

    def test_none_in_common(self):
        rows = [("1.3", ["--tls-max", "1.2"])]
        if "1.3" in SPOKEN:
            rows.append(("1.2", ["--tls-min", "1.3"]))
        for version, options in rows:
            for mode in MODES:
                with self.subTest(f"{options} by {mode}"), self.serve("good_ec", mode, version) as server:
                    result = self.refused(server, mode, "--ca-file", self.made.ca, *options)
                    self.assertEqual(result["status"], "tls_version_refused")

    def test_rsa_with_a_server_that_has_1_2_only_and_chooses_for_itself(self):
        """It may choose RSASSA-PSS of what is offered for 1.3's sake."""
        kept = []
        with self.serve("good_rsa", "implicit", "1.2", kept) as server:
            code, result = tls_client.send(server.port, "implicit", "--ca-file", self.made.ca)
            server.settle()
            if any("ILLEGAL_PARAMETER" in str(ending) for ending in server.endings):
                raise tls_client.skipped("this Mbed TLS is one that takes no RSASSA-PSS in TLS 1.2 (3.6.6 and 4.1.0)")
        self.assertEqual((code, result["outcome"], len(kept)), (0, "accepted", 1), result)

    def test_never_below_1_2(self):
        context = server_context(self.made.get("good_rsa"))
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with TlsServer(keeper(context, "implicit", [])) as server:
            result = self.refused(server, "implicit", "--ca-file", self.made.ca)
            self.assertIn(result["status"], ("tls_version_refused", "tls_alert"))

    def test_the_ways_to_refuse_a_version(self):
        """An alert, and a bare end: what servers do."""
        for answer in (b"\x15\x03\x03\x00\x02\x02\x46", b""):
            with self.subTest(answer), TlsServer(lambda peer: peer.wire.sendall(peer.wire.recv() and answer)) as server:
                result = self.refused(server, "implicit", "--ca-file", self.made.ca)
                self.assertEqual(result["status"], "tls_version_refused")

    def test_other_alerts_are_named(self):
        for number, name in ((40, "handshake"), (80, "internal"), (112, "unrecognized")):
            answer = bytes([0x15, 3, 3, 0, 2, 2, number])
            with self.subTest(name), TlsServer(lambda peer: peer.wire.sendall(peer.wire.recv() and answer)) as server:
                result = self.refused(server, "implicit", "--ca-file", self.made.ca)
                self.assertIn(result["status"], ("tls_alert", "tls_version_refused"))
                self.assertIn(name, result["message"])

    def test_a_version_that_the_library_lacks(self):
        if "1.3" in SPOKEN:
            return
        for options in (["--tls-min", "1.3"], ["--tls-max", "1.3"], ["--tls-min", "1.3", "--tls-allow-downgrade"]):
            with self.subTest(options), self.serve("good_ec", "implicit") as server:
                code, result = tls_client.send(server.port, "implicit", "--ca-file", self.made.ca, *options)
                self.assertIn(code, (CONFIGURATION, PROTOCOL))
                self.assertEqual((result["status"], server.lines), ("tls_version_unavailable", []), result)
        kept = []
        with self.serve("good_ec", "implicit", kept=kept) as server:
            result = self.believed(server, kept, "implicit", "--ca-file", self.made.ca, "--tls-max", "1.3",
                                   "--tls-allow-downgrade")
        self.assertEqual(tls_client.tls_version(result), "1.2")

    def test_a_minimum_above_the_maximum(self):
        with self.serve("good_ec", "implicit") as server:
            code, _ = tls_client.send(server.port, "implicit", "--ca-file", self.made.ca, "--tls-min", "1.3",
                                      "--tls-max", "1.2")
            self.assertIn(code, (64, CONFIGURATION, PROTOCOL))
            self.assertEqual(server.lines, [])


def main():
    private_net.enter()
    tls_client.skip_without_tls()
    global CERTIFICATES, SPOKEN
    with Certificates() as CERTIFICATES:
        SPOKEN = tls_client.versions(CERTIFICATES)
        print(f"TLS {' and '.join(SPOKEN)}")
        unittest.main(exit=True)


if __name__ == "__main__":
    main()
