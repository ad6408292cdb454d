#!/usr/bin/env python3
"""--proxy on the command line: which proxy is asked, what it is told, and what its refusals are called."""

import base64
import os
import struct
import sys
import pathlib
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from servers import Scripted, free_port  # noqa: E402

SERVER = ["--host", "mail.example.com", "--port", "2525", "--security", "none", "--allow-clear"]


def mail_server(peer):
    peer.greet()
    peer.hear("QUIT")
    peer.say("221 bye")


def socks5(asked):
    """Notes whom it is asked for, and is that server itself."""
    def script(peer):
        assert peer.reader.read(3) == b"\5\1\0"
        peer.connection.sendall(b"\5\0")
        version, command, _, kind, size = peer.reader.read(5)
        assert (version, command, kind) == (5, 1, 3)
        host = peer.reader.read(size).decode()
        asked.append((host, *struct.unpack(">H", peer.reader.read(2))))
        peer.connection.sendall(b"\5\0\0\1\0\0\0\0\0\0")
        mail_server(peer)
    return script


def http(asked, answer="HTTP/1.1 200 OK"):
    def script(peer):
        lines = []
        while not lines or lines[-1]:
            lines.append(peer.reader.readline().decode().strip())
        asked.append(lines)
        peer.say(answer, "")
        if "200" in answer:
            mail_server(peer)
    return script


def probe(proxy, *arguments, stdin=b""):
    return program.run_json("probe", *SERVER, "--proxy", proxy, *arguments, stdin=stdin)


class Proxies(unittest.TestCase):
    def test_socks5_looks_the_name_up(self):
        asked = []
        with Scripted(socks5(asked)) as proxy:
            code, result = probe(f"socks5h://127.0.0.1:{proxy.port}")
        self.assertEqual((code, asked), (0, [("mail.example.com", 2525)]), result)

    def test_http_gets_the_login_from_a_file(self):
        asked = []
        with Scripted(http(asked)) as proxy:
            code, _ = probe(f"http://me@127.0.0.1:{proxy.port}", "--proxy-password-file", "-", stdin=b"s:ecret\n")
        self.assertEqual(code, 0)
        self.assertEqual(asked[0][0], "CONNECT mail.example.com:2525 HTTP/1.1")
        login = base64.b64encode(b"me:s:ecret").decode()
        self.assertTrue(any(line.lower() == f"proxy-authorization: basic {login}".lower() for line in asked[0]), asked)

    def test_refusals(self):
        for answer, code, status in (("HTTP/1.1 407 login", 77, "proxy_auth_required"),
                                     ("HTTP/1.1 403 no", 69, "proxy_refused"),
                                     ("NONSENSE", 76, "proxy_protocol")):
            with self.subTest(answer), Scripted(http([], answer)) as proxy:
                said = probe(f"http://127.0.0.1:{proxy.port}")
                self.assertEqual((said[0], said[1]["status"], said[1]["phase"]), (code, status, "proxy"))

    def test_nobody_there(self):
        code, result = probe(f"socks5h://127.0.0.1:{free_port()}")
        self.assertEqual((code, result["status"]), (75, "proxy_unreachable"))

    def test_the_environment(self):
        asked = []
        with Scripted(socks5(asked)) as proxy, unittest.mock.patch.dict(
                os.environ, all_proxy=f"socks5h://127.0.0.1:{proxy.port}", no_proxy="localhost"):
            code, _ = probe("env")
        self.assertEqual((code, len(asked)), (0, 1))
        with Scripted(mail_server) as server, unittest.mock.patch.dict(
                os.environ, all_proxy="socks5h://127.0.0.1:1", no_proxy="127.0.0.1"):
            code, _ = program.run_json("probe", *program.at(server.port), "--proxy", "env")
        self.assertEqual(code, 0)

    def test_usage(self):
        for arguments in (["ftp://p"], ["socks5://"], ["socks5://me:secret@p"], ["socks5://p:0"], ["http://p:x"]):
            with self.subTest(arguments):
                code, result = probe(*arguments)
                self.assertEqual(code, 64)
                self.assertNotIn("secret", repr(result))
        code, _ = program.run_json("probe", *SERVER, "--proxy-password-file", "-", stdin=b"x")
        self.assertEqual(code, 64)


if __name__ == "__main__":
    unittest.main()
