#!/usr/bin/env python3
"""Servers and connections that stumble within TLS: no false *accepted*, no hanging, nothing in clear."""

import pathlib
import resource
import socket
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from tls_client import MODES, PROTOCOL, MailCase, nothing_in_clear  # noqa: E402
from tls_servers import Stopped, TlsServer  # noqa: E402

GO_ON = "220 2.0.0 go on"


class Truncation(MailCase):
    """The connection ends without close_notify, which anybody on the way can bring about."""

    def in_phase(self, name, mode, end):
        """A script that ends by `end` in this phase."""
        def script(peer):
            peer.secure(mode, self.context(self.version))
            if name == "greeting":
                return end(peer)
            if mode == "implicit":
                peer.say("220 scripted.example.com")
            peer.hear("EHLO")
            if name == "ehlo":
                return end(peer)
            peer.say("250 scripted.example.com")
            for phase, reply in (("mail", "250 ok"), ("rcpt", "250 ok"), ("data", "354 go on")):
                peer.hear("")
                if name == phase:
                    return end(peer)
                peer.say(reply)
            if name == "content":
                peer.hear("")
                return end(peer)
            peer.hear_content()
            if name == "reply":
                return end(peer)
            if name == "half a reply":
                peer.connection.sendall(b"250 2.0.0 que")
                return end(peer)
            if name == "half a record":
                record = peer.connection.records_of(b"250 2.0.0 queued\r\n")
                peer.wire.sendall(record[: len(record) - 1])
                return end(peer)
            peer.say("250 2.0.0 queued")
            return end(peer)
        return script

    ENDS = {"closed": lambda peer: peer.wire.connection.close(), "reset": lambda peer: peer.reset(),
            "with close_notify": lambda peer: peer.connection.close_notify()}
    NOT_SENT = ("greeting", "ehlo", "mail", "rcpt", "data")
    UNKNOWN = ("reply", "half a reply", "half a record")

    def each(self, phases, outcomes):
        content = b"Subject: x\r\n\r\n" + b"x" * 70 * 200000
        for phase in phases:
            for way, end in self.ENDS.items():
                for mode in MODES:
                    for self.version in SPOKEN:
                        with self.subTest(f"{phase}, {way}, {mode}, {self.version}"):
                            with TlsServer(self.in_phase(phase, mode, end)) as server:
                                code, result = tls_client.send(server.port, mode, *self.ca,
                                                               stdin=content if phase == "content" else b"")
                            self.assertIn(result["outcome"], outcomes, result)
                            self.assertNotEqual(code == 0, result["outcome"] != "accepted")

    def test_before_the_end_of_the_content_is_not_sent(self):
        self.each(self.NOT_SENT, ["not_sent"])

    def test_in_the_content_is_not_sent(self):
        self.each(["content"], ["not_sent"])

    def test_after_the_end_of_the_content_is_unknown(self):
        self.each(self.UNKNOWN, ["unknown"])

    def test_after_the_final_reply_is_accepted(self):
        """The reply came through TLS whole: who ends the connection afterwards, and how, takes nothing back."""
        self.ENDS = {name: end for name, end in self.ENDS.items() if name != "reset"}
        self.each(["quit"], ["accepted"])

    def test_a_record_that_was_changed(self):
        def script(peer):
            peer.secure("implicit", self.context(self.version))
            peer.greet()
            peer.take_envelope()
            peer.hear("DATA")
            peer.say("354 go on")
            peer.hear_content()
            record = bytearray(peer.connection.records_of(b"250 2.0.0 queued\r\n"))
            record[-1] ^= 1
            peer.wire.sendall(bytes(record))
            peer.stall()

        for self.version in SPOKEN:
            with self.subTest(self.version), TlsServer(script) as server:
                code, result = self.mail(server, "implicit")
                self.assertEqual((code, result["outcome"]), (79, "unknown"), result)

    def test_a_reply_in_clear_within_tls(self):
        """Spliced in by somebody who has no keys."""
        def script(peer):
            peer.secure("implicit", self.context(self.version))
            peer.greet()
            peer.take_envelope()
            peer.hear("DATA")
            peer.say("354 go on")
            peer.hear_content()
            peer.wire.sendall(b"250 2.0.0 queued\r\n")
            peer.stall()

        for self.version in SPOKEN:
            with self.subTest(self.version), TlsServer(script) as server:
                code, result = self.mail(server, "implicit")
                self.assertEqual((code, result["outcome"]), (79, "unknown"), result)


class Handshake(MailCase):
    def length(self, version):
        """How many octets this server's part of a handshake has."""
        lengths = []

        def script(peer):
            peer.start_tls(self.context(version))
            lengths.append(peer.connection.out)

        with TlsServer(script) as server:
            self.mail(server, "implicit")
        return lengths[0]

    def places(self, version):
        """In the record's head, at its end, in ServerHello, in the certificate, and before the last octet."""
        length = self.length(version)
        return sorted({1, 3, 5, 6, 40, 200, length // 2, length - 1})

    def test_ends_anywhere(self):
        """Closed or reset after so many octets of the server's handshake: an error, and nothing in clear."""
        def script(peer):
            try:
                peer.secure(mode, self.context(version), most=place)
            except Stopped:
                end(peer)

        for version in SPOKEN:
            for place in self.places(version):
                for end in (lambda peer: peer.wire.connection.close(), lambda peer: peer.reset()):
                    for mode in MODES:
                        with self.subTest(f"{place} {version} {mode}"), TlsServer(script) as server:
                            code, result = self.mail(server, mode)
                            nothing_in_clear(server)
                            self.assertEqual(result["outcome"], "not_sent", result)
                            self.assertIn(code, (74, PROTOCOL), result)

    def test_stalls_anywhere(self):
        """The whole operation's deadline ends it, wherever it hangs."""
        def script(peer):
            try:
                peer.secure(mode, self.context(version), most=place)
            except Stopped:
                peer.stall()

        for version in SPOKEN:
            for place in self.places(version)[::3]:
                for mode in MODES:
                    with self.subTest(f"{place} {version} {mode}"), TlsServer(script) as server:
                        begin = time.monotonic()
                        code, result = self.mail(server, mode, "--timeout", "500")
                        self.assertLess(time.monotonic() - begin, 5)
                        self.assertEqual((code, result["status"], result["outcome"]),
                                         (75, "operation_timeout", "not_sent"), result)

    def test_stalls_before_the_first_octet(self):
        def script(peer):
            if mode == "starttls":
                peer.offer_starttls()
                peer.say(GO_ON)
            peer.stall()

        for mode in MODES:
            with self.subTest(mode), TlsServer(script) as server:
                code, result = self.mail(server, mode, "--timeout", "500")
                self.assertEqual((code, result["outcome"]), (75, "not_sent"), result)
                self.assertIn(result["status"], ("operation_timeout", "tls_timeout"))

    def test_drips(self):
        """An octet now and then does not prolong the deadline."""
        def script(peer):
            try:
                peer.start_tls(self.context(), most=600)
            except Stopped:
                while True:
                    peer.wire.sendall(b"\x00")
                    time.sleep(0.05)

        with TlsServer(script) as server:
            begin = time.monotonic()
            code, result = self.mail(server, "implicit", "--timeout", "800")
            self.assertLess(time.monotonic() - begin, 5)
            self.assertNotEqual(code, 0)
            self.assertEqual(result["outcome"], "not_sent")

    def test_an_octet_a_segment(self):
        """Handshake, greeting and replies in the smallest pieces."""
        for version in SPOKEN:
            for mode in MODES:
                kept = []

                def script(peer):
                    peer.secure(mode, self.context(version), piece=1)
                    peer.greet_in(mode, "PIPELINING", "SIZE 1000000")
                    kept.append(peer.take_mail())

                with self.subTest(f"{mode} {version}"), TlsServer(script) as server:
                    code, result = self.mail(server, mode, "--no-pipelining")
                    self.assertEqual((code, len(kept)), (0, 1), result)

    def test_many_records_at_once(self):
        """Replies split into records of one octet each, all in one segment."""
        def script(peer):
            peer.secure("implicit", self.context(version))
            layer = peer.connection
            whole = layer.sendall
            layer.sendall = lambda octets: layer.wire.sendall(
                b"".join(layer.records_of(octets[i : i + 1]) for i in range(len(octets))))
            peer.greet("PIPELINING", "SIZE 1000000", "X" + "Y" * 400)
            kept.append(peer.take_mail())
            layer.sendall = whole

        for version in SPOKEN:
            kept = []
            with self.subTest(version), TlsServer(script) as server:
                code, result = self.mail(server, "implicit", "--no-pipelining")
                self.assertEqual((code, len(kept)), (0, 1), result)

    def test_garbage_in_place_of_server_hello(self):
        for garbage in (b"\x00" * 100, b"\x16\x03\x03\xff\xff" + b"\x02" * 1000, b"\x17\x03\x03\x00\x05hello",
                        b"\x16\x03\x03\x00\x04\x02\x00\x00\x00", b"HTTP/1.1 400 Bad Request\r\n\r\n",
                        b"\x80\x2e\x01\x00\x02", b"\x16\x02\x00\x00\x04\x02\x00\x00\x00"):
            for mode in MODES:
                with self.subTest(f"{garbage[:20]} {mode}"):
                    def script(peer, garbage=garbage, mode=mode):
                        if mode == "starttls":
                            peer.offer_starttls()
                            peer.say(GO_ON)
                        peer.wire.recv()
                        peer.wire.sendall(garbage)
                        peer.wire.connection.shutdown(socket.SHUT_WR)
                        peer.stall()

                    with TlsServer(script) as server:
                        code, result = self.mail(server, mode, "--timeout", "5000")
                        nothing_in_clear(server)
                    self.assertEqual((code, result["outcome"]), (PROTOCOL, "not_sent"), result)
                    self.assertTrue(result["status"].startswith("tls_"), result)

    def test_records_without_end(self):
        """A server that never stops its part of the handshake costs neither memory nor time without bound."""
        def script(peer):
            peer.wire.recv()
            record = b"\x16\x03\x03\x40\x00" + b"\x02\x00\xff\xff" + b"\x00" * 16380
            while True:
                peer.wire.sendall(record)

        with TlsServer(script) as server:
            begin = time.monotonic()
            code, result = self.mail(server, "implicit", "--timeout", "5000")
            self.assertLess(time.monotonic() - begin, 10)
            self.assertNotEqual(code, 0)
            self.assertEqual(result["outcome"], "not_sent")

    def test_silence_costs_no_processor_time(self):
        """Waiting in the handshake is waiting, not turning round."""
        def script(peer):
            peer.stall()

        with TlsServer(script) as server:
            before = children_seconds()
            self.mail(server, "implicit", "--timeout", "1500")
            self.assertLess(children_seconds() - before, 0.5)


def children_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    tls_client.skip_without_tls()
    global SPOKEN
    with Certificates() as MailCase.certificates:
        SPOKEN = tls_client.versions(MailCase.certificates)
        print(f"TLS {' and '.join(SPOKEN)}")
        unittest.main()


if __name__ == "__main__":
    main()
