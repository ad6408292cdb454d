#!/usr/bin/env python3
"""--security auto: how TLS is found at a server, what ends the search, and that it never ends in clear by itself."""

import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import private_net  # noqa: E402
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from tls_client import PROTOCOL, is_verified, keeper, nothing_in_clear  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

TRY = 400  # ms for each way that is tried
QUICK = ["--greeting-timeout", str(TRY)]


def tries(result):
    return [(one["security"], one["port"], one["status"]) for one in result["tries"]]


def silent(peer):
    peer.stall()


def plain(kept):
    """A server without TLS, that takes mails and answers everything else with 500."""
    def script(peer):
        peer.greet("AUTH PLAIN")
        kept.append(peer.take_mail())
    return script


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ca = ["--ca-file", CERTIFICATES.ca]
        cls.context = server_context(CERTIFICATES.get("good_ec"))

    def mail(self, port, *arguments, host="localhost"):
        """By the default mode, which is auto, or the one given."""
        at = ["--host", host, *(["--port", str(port)] if port else [])]
        return program.run_json("send", *at, *program.FROM_TO, "--text", "x", *self.ca, *arguments)

    def arrives(self, result, code, kept, mode):
        self.assertEqual((code, result["outcome"], len(kept), result["security"]), (0, "accepted", 1, mode), result)
        self.assertTrue(is_verified(result), result)


class AtAPort(Case):
    def test_starttls_at_the_first_try(self):
        kept = []
        for mode in ([], ["--security", "auto"]):
            kept.clear()
            with self.subTest(mode), TlsServer(keeper(self.context, "starttls", kept)) as server:
                code, result = self.mail(server.port, *mode)
                server.settle()
                self.arrives(result, code, kept, "starttls")
                self.assertEqual(len(server.peers), 1)
                nothing_in_clear(server)

    def test_tls_from_the_first_octet_after_silence(self):
        kept = []

        def script(peer):
            """Waits for a ClientHello, and takes nothing else."""
            peer.secure("implicit", self.context)
            peer.greet_in("implicit")
            kept.append(peer.take_mail())

        with TlsServer(script) as server:
            code, result = self.mail(server.port, *QUICK)
            self.arrives(result, code, kept, "implicit")
            self.assertEqual(len(server.peers), 2)
            self.assertEqual(server.peers[0].wire.came, b"")
            self.assertGreaterEqual(result["elapsed_ms"], TRY - 50)
            self.assertEqual(tries(result), [("starttls", server.port, "greeting_timeout"),
                                             ("implicit", server.port, "ok")])

    def test_tls_from_the_first_octet_after_an_alert(self):
        kept = []

        def script(peer):
            if peer is server.peers[0]:
                return peer.wire.sendall(b"\x15\x03\x01\x00\x02\x02\x0a")
            return keeper(self.context, "implicit", kept)(peer)

        with TlsServer(script) as server:
            code, result = self.mail(server.port)
            self.arrives(result, code, kept, "implicit")
            self.assertLess(result["elapsed_ms"], 5000)

    def test_silence(self):
        with TlsServer(silent) as server:
            code, result = self.mail(server.port, *QUICK, "--timeout", "3000")
            self.assertEqual((code, result["outcome"]), (75, "not_sent"), result)
            nothing_in_clear(server)
            tries = [bool(peer.wire.came) for peer in server.peers]
        self.assertEqual(tries[:2], [False, True])  # what came, if anything, was a ClientHello
        self.assertLessEqual(len(tries), 3)

    def test_a_greeting_that_takes_longer_than_a_try(self):
        """One way was only silent, the other failed: the silent one is tried once more, patiently."""
        kept = []

        def script(peer):
            number = server.peers.index(peer)
            if number == 0:
                return peer.stall()
            if number == 1:
                peer.wire.recv()
                return peer.say("500 what is this?")
            time.sleep(3 * TRY / 1000)  # the delay is what is tested, and it is the program's clock that runs
            return keeper(self.context, "starttls", kept)(peer)

        with TlsServer(script) as server:
            code, result = self.mail(server.port, *QUICK)
            self.arrives(result, code, kept, "starttls")
            self.assertEqual(len(server.peers), 3)

    def test_clear_text_only_is_an_error(self):
        kept = []
        with TlsServer(self.once_plain(kept)) as server:
            code, result = self.mail(server.port, *QUICK)
            nothing_in_clear(server)
        self.assertEqual((code, result["status"], result["outcome"], kept),
                         (PROTOCOL, "starttls_not_offered", "not_sent", []), result)
        self.assertEqual(tries(result), [("starttls", server.port, "starttls_not_offered"),
                                         ("implicit", server.port, "tls_plain_text")])

    def test_clear_text_when_it_is_allowed(self):
        kept = []
        with TlsServer(self.once_plain(kept)) as server:
            code, result = self.mail(server.port, *QUICK, "--allow-clear")
            self.assertEqual((code, result["outcome"], len(kept)), (0, "accepted", 1), result)
            self.assertEqual(result["security"], "none")
            self.assertIsNone(result["tls"])

    def once_plain(self, kept):
        """Answers a ClientHello as a plain server does."""
        def script(peer):
            peer.say("220 plain.example.com")
            line = peer.reader.readline()
            if not line.startswith(b"EHLO"):
                return peer.say("500 what is this?")
            peer.say("250-plain.example.com", "250 AUTH PLAIN")
            line = peer.reader.readline()
            if not line.startswith(b"MAIL"):
                return peer.say("221 bye")
            peer.say("250 fine")
            peer.hear("RCPT")
            peer.say("250 fine")
            peer.hear("DATA")
            peer.say("354 go on")
            kept.append(peer.hear_content())
            peer.say("250 kept")
            return peer.take_quit()
        return script

    def test_a_failing_certificate_ends_it_at_once(self):
        for name, status in (("expired", "tls_certificate_expired"), ("wrong_host", "tls_wrong_host"),
                             ("unknown_ca", "tls_untrusted")):
            for mode, connections in (("starttls", 1), ("implicit", 2)):
                for options in ([], ["--allow-clear"]):
                    with self.subTest(f"{name} by {mode} {options}"):
                        script = keeper(server_context(CERTIFICATES.get(name)), mode, [])
                        with TlsServer(script) as server:
                            code, result = self.mail(server.port, *QUICK, *options)
                            nothing_in_clear(server)
                        self.assertEqual((code, result["status"]), (PROTOCOL, status), result)
                        self.assertEqual(len(server.peers), connections)

    def test_an_alert_after_server_hello_ends_it_at_once(self):
        """A client certificate that is demanded and absent."""
        context = server_context(CERTIFICATES.get("good_ec"), client_ca=CERTIFICATES.ca)
        with TlsServer(keeper(context, "starttls", [])) as server:
            code, result = self.mail(server.port, *QUICK)
            nothing_in_clear(server)
        self.assertEqual((code, result["status"], len(server.peers)), (PROTOCOL, "tls_client_certificate_refused", 1),
                         result)

    def test_a_refusal_of_the_mail_ends_it_at_once(self):
        """What is said inside TLS is about the mail, not about the way."""
        def script(peer):
            peer.secure("starttls", self.context)
            peer.answer_ehlo()
            peer.hear("MAIL")
            peer.say("550 5.7.1 not you")
            peer.take_quit()

        with TlsServer(script) as server:
            code, result = self.mail(server.port)
        self.assertEqual((code, result["status"], len(server.peers)), (69, "sender_rejected", 1), result)

    def test_a_refusing_greeting(self):
        def script(peer):
            peer.say("554 go away")
            peer.take_quit()

        with TlsServer(script) as server:
            code, result = self.mail(server.port, *QUICK)
            nothing_in_clear(server)
        self.assertNotEqual(code, 0)
        self.assertEqual(result["outcome"], "not_sent")


class WithoutAPort(Case):
    """The standard ports, in a network of their own."""

    def setUp(self):
        if not private_net.is_private():
            raise tls_client.skipped(private_net.WHY_NOT)

    def test_465_comes_first(self):
        kept, other = [], []
        with TlsServer(keeper(self.context, "implicit", kept), port=465), \
             TlsServer(keeper(self.context, "starttls", other), port=587) as second:
            code, result = self.mail(None)
            self.arrives(result, code, kept, "implicit")
            self.assertEqual(second.peers, [])

    def test_587_comes_next(self):
        for name, first in (("silent", silent), ("closed", lambda peer: None), ("refused", None)):
            with self.subTest(name):
                kept = []
                with TlsServer(keeper(self.context, "starttls", kept), port=587) as second:
                    if first:
                        with TlsServer(first, port=465) as server:
                            code, result = self.mail(None, *QUICK)
                            self.assertEqual(len(server.peers), 1)
                    else:
                        code, result = self.mail(None, *QUICK)
                    self.arrives(result, code, kept, "starttls")
                    self.assertEqual([one[:2] for one in tries(result)], [("implicit", 465), ("starttls", 587)])
                    nothing_in_clear(second)

    def test_25_is_not_tried(self):
        with TlsServer(plain([]), port=25) as server:
            code, result = self.mail(None, *QUICK, "--allow-clear")
            self.assertEqual((code, result["outcome"], server.peers), (74, "not_sent", []), result)

    def test_a_failing_certificate_at_465_ends_it_at_once(self):
        kept = []
        bad = keeper(server_context(CERTIFICATES.get("expired")), "implicit", [])
        with TlsServer(bad, port=465), TlsServer(keeper(self.context, "starttls", kept), port=587) as second:
            code, result = self.mail(None, *QUICK)
            self.assertEqual((code, result["status"]), (PROTOCOL, "tls_certificate_expired"), result)
            self.assertEqual((kept, second.peers), ([], []))
            self.assertEqual(tries(result), [("implicit", 465, "tls_certificate_expired")])

    def test_465_by_its_number(self):
        kept = []
        with TlsServer(keeper(self.context, "implicit", kept), port=465) as server:
            code, result = self.mail(465)
            self.arrives(result, code, kept, "implicit")
            self.assertEqual(len(server.peers), 1)

    def test_the_fixed_modes_have_their_ports(self):
        for mode, port in (("implicit", 465), ("starttls", 587)):
            kept = []
            with self.subTest(mode), TlsServer(keeper(self.context, mode, kept), port=port):
                code, result = self.mail(None, "--security", mode)
                self.arrives(result, code, kept, mode)
        kept = []
        with TlsServer(keeper(self.context, "implicit", kept), port=465):
            code, result = program.run_json("send", "--server", "smtps://localhost", *program.FROM_TO, "--text", "x",
                                            *self.ca)
            self.arrives(result, code, kept, "implicit")


def main():
    private_net.enter()
    tls_client.skip_without_tls()
    global CERTIFICATES
    with Certificates() as CERTIFICATES:
        unittest.main()


if __name__ == "__main__":
    main()
