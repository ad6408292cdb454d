#!/usr/bin/env python3
"""What comes in one piece with a proxy's last answer: the server's greeting is heard, and nothing gets around TLS."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from certificates import Certificates  # noqa: E402
from tls_client import is_verified, keeper, nothing_in_clear, skip_without_tls  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

GREETING = b"220 glued.example.com\r\n"
EHLO = b"250-glued.example.com\r\n250 STARTTLS\r\n"
GO_ON = b"220 go on\r\n"


def socks4a(peer):
    peer.reader.read(len(b"\4\1pp\0\0\0\1\0localhost\0"))
    return b"\0\x5a\0\0\0\0\0\0"


def socks5h(peer):
    peer.reader.read(len(b"\5\1\0"))
    peer.connection.sendall(b"\5\0")
    peer.reader.read(len(b"\5\1\0\3\x09localhostpp"))
    return b"\5\0\0\3\x04host\0\0"


def http(peer):
    while peer.reader.readline().strip():
        pass
    return b"HTTP/1.1 100 wait\r\n\r\nHTTP/1.1 200 fine\r\nVia: here\r\n\r\n"


PROXIES = [socks4a, socks5h, http]


class Glued(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.certificates = cls.enterClassContext(Certificates())
        cls.context = server_context(cls.certificates.get("good_ec"))

    def send(self, server, proxy, mode):
        return program.run_json(
            "send", "--host", "localhost", "--port", "587", "--security", mode, "--ca-file", self.certificates.ca,
            *(["--allow-clear"] if mode == "none" else []), "--proxy", f"{proxy.__name__}://127.0.0.1:{server.port}",
            *program.FROM_TO, "--text", "x")

    def test_a_greeting_is_heard(self):
        for proxy in PROXIES:
            for mode in ("none", "starttls"):
                with self.subTest(f"{proxy.__name__} {mode}"):
                    self.expect_mail(proxy, mode)

    def expect_mail(self, proxy, mode):
        kept = []

        def script(peer):
            peer.connection.sendall(proxy(peer) + GREETING)
            peer.answer_ehlo(*(["STARTTLS"] if mode == "starttls" else []))
            if mode == "starttls":
                peer.hear("STARTTLS")
                peer.connection.sendall(GO_ON)
                peer.start_tls(self.context)
                peer.answer_ehlo()
            kept.append(peer.take_mail())
        with TlsServer(script) as server:
            code, result = self.send(server, proxy, mode)
        self.assertEqual((code, result["outcome"], len(kept)), (0, "accepted", 1), result)
        self.assertTrue(mode == "none" or is_verified(result), result)

    def test_answers_before_their_commands_are_errors(self):
        for proxy in PROXIES:
            for mode, glued in (("none", EHLO), ("starttls", EHLO), ("starttls", EHLO + GO_ON)):
                with self.subTest(f"{proxy.__name__} {mode} {glued}"):
                    self.expect_failure(proxy, mode, GREETING + glued, "reply_without_command")

    def test_clear_text_before_tls_is_an_error(self):
        for proxy in PROXIES:
            for glued in (GREETING, GREETING + EHLO, b"\x16"):
                with self.subTest(f"{proxy.__name__} {glued}"):
                    self.expect_failure(proxy, "implicit", glued, "tls_plain_text")

    def expect_failure(self, proxy, mode, glued, status):
        def script(peer):
            peer.connection.sendall(proxy(peer) + glued)
            peer.stall()
        with TlsServer(script) as server:
            code, result = self.send(server, proxy, mode)
            server.settle()
            self.assertEqual((code, result["status"], result["outcome"]), (76, status, "not_sent"), result["message"])
            nothing_in_clear(server)

    def test_tls_from_the_first_octet(self):
        for proxy in PROXIES:
            kept = []

            def script(peer, proxy=proxy, kept=kept):
                peer.connection.sendall(proxy(peer))
                keeper(self.context, "implicit", kept)(peer)
            with self.subTest(proxy.__name__), TlsServer(script) as server:
                code, result = self.send(server, proxy, "implicit")
                self.assertEqual((code, len(kept), is_verified(result)), (0, 1, True), result)


if __name__ == "__main__":
    skip_without_tls()
    unittest.main()
