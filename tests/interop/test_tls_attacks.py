#!/usr/bin/env python3
"""Somebody between client and server who wants the mail or the password in clear."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from tls_client import PROTOCOL, MailCase, nothing_in_clear  # noqa: E402
from tls_servers import TlsServer  # noqa: E402

QUICK = ["--greeting-timeout", "1500"]  # bounds what Auto tries, and a handshake in a try
GO_ON = "220 2.0.0 go on"
EVIL = [b"250-evil.example.com\r\n250 AUTH PLAIN\r\n", b"250 evil\r\n", b"2", b"250-", b"\r\n", b"\x00",
        b"220 again\r\n", b"354 go on\r\n250 queued\r\n", b"250 x\r\n" * 200]


class Case(MailCase):
    def fails(self, script, mode, statuses, *arguments, codes=(PROTOCOL,)):
        with TlsServer(script) as server:
            code, result = self.mail(server, mode, *arguments)
            nothing_in_clear(server)
        self.assertIn(result["status"], statuses, result)
        self.assertEqual(result["outcome"], "not_sent", result)
        self.assertIn(code, codes, result)
        return server, result


class Injection(Case):
    """Octets in clear behind the 220: CVE-2021-22947 and its kin."""

    def test_in_the_same_segment(self):
        for evil in EVIL:
            with self.subTest(evil):
                def script(peer, evil=evil):
                    peer.offer_starttls()
                    peer.wire.sendall(GO_ON.encode() + b"\r\n" + evil)
                    peer.stall()

                server, result = self.fails(script, "starttls", ["starttls_injection"])
                self.assertTrue(server.came.endswith(b"STARTTLS\r\n"), server.came)
                self.assertNotIn("evil", str(result["capabilities"]))

    def test_in_the_same_segment_with_a_whole_session_behind_it(self):
        """What would have been believed, had it been kept: the answers to all commands."""
        evil = b"250-evil.example.com\r\n250 PIPELINING\r\n250 ok\r\n250 ok\r\n354 go\r\n250 queued\r\n221 bye\r\n"

        def script(peer):
            peer.offer_starttls("PIPELINING", "CHUNKING")
            peer.wire.sendall(GO_ON.encode() + b"\r\n" + evil)
            peer.start_tls(self.context())
            peer.reader.read()

        for mode in ("starttls", "auto"):
            with self.subTest(mode), TlsServer(script) as server:
                code, result = self.mail(server, mode, *QUICK)
                nothing_in_clear(server)
            self.assertEqual((code, result["status"], result["outcome"]), (PROTOCOL, "starttls_injection", "not_sent"),
                             result)

    def test_one_octet_a_segment(self):
        def script(peer):
            peer.offer_starttls()
            peer.wire.sendall(GO_ON.encode() + b"\r\n" + EVIL[0], 1)
            peer.stall()

        self.fails(script, "starttls", ["starttls_injection", "tls_plain_text", "tls_broken_record"])

    def test_after_our_client_hello(self):
        for evil in (EVIL[0], EVIL[1] * 50):
            with self.subTest(evil):
                def script(peer, evil=evil):
                    peer.offer_starttls()
                    peer.say(GO_ON)
                    while peer.wire.came.count(b"\x16\x03") == 0:
                        peer.wire.recv()
                    peer.wire.sendall(evil)
                    peer.stall()

                server, result = self.fails(script, "starttls", ["tls_plain_text", "tls_broken_record"])
                self.assertNotIn("evil", str(result["capabilities"]))
                self.assertNotIn(b"EHLO", server.came.rpartition(b"STARTTLS\r\n")[2])

    def test_what_was_offered_before_is_forgotten(self):
        """Extensions of the first EHLO do not hold after TLS."""
        def script(peer):
            peer.offer_starttls("PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8")
            peer.say(GO_ON)
            peer.start_tls(self.context())
            peer.answer_ehlo("SIZE 100000")
            kept.append(peer.take_mail())

        kept = []
        with TlsServer(script) as server:
            code, result = self.mail(server, "starttls")
        self.assertEqual((code, len(kept), result["capabilities"]), (0, 1, ["SIZE 100000"]), result)

    def test_starttls_is_said_once(self):
        """Though it is offered again inside TLS."""
        def script(peer):
            peer.offer_starttls()
            peer.say(GO_ON)
            peer.start_tls(self.context())
            peer.answer_ehlo("STARTTLS")
            kept.append(peer.take_mail())

        kept = []
        for mode in ("starttls", "auto"):
            with self.subTest(mode), TlsServer(script) as server:
                code, _ = self.mail(server, mode)
                server.settle()
                self.assertEqual((code, server.lines.count(b"STARTTLS\r\n")), (0, 1))


class Stripped(Case):
    """STARTTLS is missing or refused; whoever asked for TLS sends nothing without it."""

    ANSWERS = {  # what comes after STARTTLS, or None where it is not even offered
        "absent": None,
        "454": b"454 4.7.0 TLS not available\r\n",
        "500": b"500 5.5.1 what\r\n",
        "502": b"502 5.5.1 not here\r\n",
        "250": b"250 fine\r\n",
        "354": b"354 fine\r\n",
        "421": b"421 4.3.2 going down\r\n",
        "220 and closed": b"220 go on\r\n",
        "220 and garbage": b"220 go on\r\n",
        "220 and an alert": b"220 go on\r\n",
        "closed": b"",
    }
    AFTER = {"220 and garbage": b"\x00\xffgarbage" * 20, "220 and an alert": b"\x15\x03\x03\x00\x02\x02\x28"}

    def script(self, name):
        offer = [] if self.ANSWERS[name] is None else ["STARTTLS"]

        def clear(peer):
            """A server that would take the mail in clear, and the password too."""
            peer.say("220 scripted.example.com")
            while True:
                line = peer.reader.readline()
                if line.startswith(b"EHLO"):
                    peer.say("250-scripted.example.com", *[f"250-{word}" for word in offer], "250 AUTH PLAIN LOGIN")
                elif line.startswith(b"STARTTLS") and offer:
                    peer.wire.sendall(self.ANSWERS[name])
                    if name in self.AFTER:
                        peer.wire.recv()
                        peer.wire.sendall(self.AFTER[name])
                    if name in ("closed", "421") or name.startswith("220"):
                        return
                elif not line:
                    return
                else:
                    peer.say("354 go on" if line.startswith(b"DATA") else "250 fine")
        return clear

    def test_starttls(self):
        expected = {"absent": "starttls_not_offered", "454": "starttls_rejected", "500": "starttls_rejected",
                    "502": "starttls_rejected", "354": "unexpected_reply",
                    "421": "service_closing", "closed": "connection_closed"}
        for name in self.ANSWERS:
            with self.subTest(name):
                with TlsServer(self.script(name)) as server:
                    code, result = self.mail(server, "starttls")
                    nothing_in_clear(server)
                self.assertEqual(result["outcome"], "not_sent", result)
                self.assertEqual(result["status"], expected.get(name, result["status"]))
                if name in ("absent", "454", "500", "502") or name in self.AFTER:
                    self.assertEqual(code, PROTOCOL, result)
                if name in self.AFTER:
                    self.assertTrue(result["status"].startswith("tls_"), result)
                advice = {"454": "retry_later", "421": "retry_later", "absent": "fix_configuration",
                          "500": "fix_configuration", "502": "fix_configuration"}
                self.assertEqual(result["advice"], advice.get(name, result["advice"]), result)

    def test_auto(self):
        for name in self.ANSWERS:
            with self.subTest(name), TlsServer(self.script(name)) as server:
                code, result = self.mail(server, "auto", *QUICK)
                nothing_in_clear(server)
                self.assertEqual(result["outcome"], "not_sent", result)
                self.assertNotEqual(code, 0)

    def test_clear_text_is_never_sent_where_starttls_was_seen(self):
        """Even with --allow-clear."""
        for name in [name for name, answer in self.ANSWERS.items() if answer is not None]:
            for mode in ("auto", "starttls"):
                with self.subTest(f"{name}, {mode}"), TlsServer(self.script(name)) as server:
                    code, result = self.mail(server, mode, "--allow-clear", *QUICK)
                    nothing_in_clear(server)
                    self.assertEqual(result["outcome"], "not_sent", result)
                    self.assertNotEqual(code, 0)

    def test_clear_text_is_never_sent_where_tls_was_seen(self):
        """TLS alerts at first, and a plain server as soon as clear text may come next."""
        def script(peer):
            if server.peers.index(peer) < 2:
                return peer.wire.sendall(b"\x15\x03\x03\x00\x02\x02\x46")
            return self.script("absent")(peer)

        with TlsServer(script) as server:
            _, result = self.mail(server, "auto", "--allow-clear", *QUICK)
            nothing_in_clear(server)
            self.assertEqual(result["outcome"], "not_sent", result)


class Confusion(Case):
    """The wrong mode for a port: the sentence names the right one."""

    def test_implicit_on_a_plain_port(self):
        def script(peer):
            peer.say("220 plain.example.com ESMTP")
            peer.stall()

        _, result = self.fails(script, "implicit", ["tls_plain_text"])
        self.assertRegex(result["message"], "(?i)starttls")

    def test_starttls_on_a_tls_port_that_answers_with_an_alert(self):
        for record in (b"\x15\x03\x01\x00\x02\x02\x46", b"\x15\x03\x03\x00\x02\x02\x0a"):
            with self.subTest(record):
                _, result = self.fails(lambda peer, record=record: peer.wire.sendall(record), "starttls",
                                       ["tls_before_greeting"])
                self.assertRegex(result["message"], "(?i)implicit")

    def test_starttls_on_a_tls_port_that_is_silent(self):
        def script(peer):
            peer.start_tls(self.context())

        server, result = self.fails(script, "starttls", ["greeting_timeout"], "--greeting-timeout", "200", codes=(75,))
        self.assertEqual(server.came, b"")
        self.assertRegex(result["message"], "(?i)TLS")


def main():
    tls_client.skip_without_tls()
    with Certificates() as MailCase.certificates:
        unittest.main()


if __name__ == "__main__":
    main()
