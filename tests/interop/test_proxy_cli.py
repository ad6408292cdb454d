#!/usr/bin/env python3
"""--proxy on the command line: which proxy is asked, what it is told, and what its refusals are called."""

import base64
import contextlib
import ipaddress
import os
import struct
import sys
import pathlib
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from servers import Scripted, free_port  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

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
        version, command, _, kind = peer.reader.read(4)
        assert (version, command) == (5, 1)
        size = {1: 4, 4: 16}.get(kind) or peer.reader.read(1)[0]
        host = peer.reader.read(size)
        host = host.decode() if kind == 3 else ipaddress.ip_address(host)
        asked.append((host, *struct.unpack(">H", peer.reader.read(2))))
        peer.connection.sendall(b"\5\0\0\1\0\0\0\0\0\0")
        mail_server(peer)
    return script


def socks4(asked):
    def script(peer):
        version, command, port, address = struct.unpack(">BBH4s", peer.reader.read(8))
        assert (version, command) == (4, 1)
        assert peer.reader.read(1) == b"\0"
        asked.append((ipaddress.ip_address(address), port))
        peer.connection.sendall(b"\0\x5a\0\0\0\0\0\0")
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


def probe(proxy, *arguments, stdin=b"", server=SERVER):
    return program.run_json("probe", *server, "--proxy", proxy, *arguments, stdin=stdin)


def server_at(host):
    return ["--host", host, *SERVER[2:]]


class Proxies(unittest.TestCase):
    def test_socks5_looks_the_name_up(self):
        asked = []
        with Scripted(socks5(asked)) as proxy:
            code, result = probe(f"socks5h://127.0.0.1:{proxy.port}")
        self.assertEqual((code, asked), (0, [("mail.example.com", 2525)]), result)

    def test_socks4_and_socks5_are_told_the_address_of_a_name(self):
        for scheme, script in (("socks4", socks4), ("socks5", socks5)):
            asked = []
            with self.subTest(scheme), Scripted(script(asked)) as proxy:
                code, result = probe(f"{scheme}://127.0.0.1:{proxy.port}", server=server_at("localhost"))
                self.assertEqual((code, asked), (0, [(ipaddress.ip_address("127.0.0.1"), 2525)]), result)

    def test_a_server_by_its_ipv6_address(self):
        for scheme in ("socks5", "socks5h"):
            asked = []
            with self.subTest(scheme), Scripted(socks5(asked)) as proxy:
                code, _ = probe(f"{scheme}://127.0.0.1:{proxy.port}", server=server_at("2001:db8::25"))
                self.assertEqual((code, asked), (0, [(ipaddress.ip_address("2001:db8::25"), 2525)]))
        asked = []
        with Scripted(http(asked)) as proxy:
            code, _ = probe(f"http://127.0.0.1:{proxy.port}", server=server_at("2001:db8::25"))
        self.assertEqual((code, asked[0][:2]),
                         (0, ["CONNECT [2001:db8::25]:2525 HTTP/1.1", "Host: [2001:db8::25]:2525"]))

    def test_socks4_has_no_ipv6(self):
        for scheme, code, status in (("socks4", 68, "name_not_found"), ("socks4a", 78, "proxy_unsupported")):
            with self.subTest(scheme):
                said = probe(f"{scheme}://127.0.0.1:{free_port()}", server=server_at("::1"))
                self.assertEqual((said[0], said[1]["status"]), (code, status), said[1]["message"])

    def test_a_proxy_by_its_ipv6_address(self):
        for scheme, script in (("socks5h", socks5), ("http", http)):
            asked = []
            with self.subTest(scheme), Scripted(script(asked), host="::1") as proxy:
                code, result = probe(f"{scheme}://[::1]:{proxy.port}")
                self.assertEqual((code, len(asked)), (0, 1), result)

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

    def test_an_account_names_it(self):
        asked = []
        with Scripted(http(asked)) as proxy, tempfile.TemporaryDirectory() as place:
            file, secret = pathlib.Path(place, "config"), pathlib.Path(place, "secret")
            secret.write_text("s:ecret\n", encoding="ascii")
            file.write_text("[account tank]\nhost = mail.example.com\nport = 2525\nsecurity = none\n"
                            f"allow-clear = yes\nproxy = http://me@127.0.0.1:{proxy.port}\nproxy-password-file = {secret}\n"
                            "bind = 127.0.0.7\ninterface = lo\n", encoding="ascii")
            file.chmod(0o600)
            account = ["--config", str(file), "--account", "tank"]
            code, result = program.run_json("probe", *account)
            _, shown, _ = program.run("config", "check", *account)
        self.assertEqual((code, len(asked)), (0, 1), result)
        for key in (b"proxy ", b"proxy-password-file ", b"bind ", b"interface "):
            self.assertIn(b"\n  " + key, shown)
        self.assertNotIn(b"s:ecret", shown)

    def test_what_no_proxy_names(self):
        for exceptions, goes_through in (("127.0.0.0/8", False), ("127.0.0.1:{port}", False), ("localhost,*", False),
                                         ("127.0.0.1:1", True), ("128.0.0.0/8", True), ("0.0.1", True)):
            asked = []
            with self.subTest(exceptions), Scripted(*([http(asked)] if goes_through else [])) as proxy, Scripted(
                    *([] if goes_through else [mail_server])) as server, unittest.mock.patch.dict(
                        os.environ, all_proxy=f"http://127.0.0.1:{proxy.port}",
                        no_proxy=exceptions.format(port=server.port)):
                code, result = program.run_json("probe", *program.at(server.port), "--allow-clear", "--proxy", "env")
                self.assertEqual((code, len(asked)), (0, int(goes_through)), result)

    def test_usage(self):
        for arguments in (["ftp://p"], ["socks5://"], ["socks5://me:secret@p"], ["socks5://p:0"], ["http://p:x"]):
            with self.subTest(arguments):
                code, result = probe(*arguments)
                self.assertEqual(code, 64)
                self.assertNotIn("secret", repr(result))
        code, _ = program.run_json("probe", *SERVER, "--proxy-password-file", "-", stdin=b"x")
        self.assertEqual(code, 64)


class TlsToTheProxy(unittest.TestCase):
    """https://"""

    @classmethod
    def setUpClass(cls):
        if b"--ca-file" not in program.run("probe", "--help")[1]:
            raise tls_client.skipped("the program mailmote was built without TLS")
        cls.certificates = cls.enterClassContext(Certificates())

    server = SERVER

    def probe(self, script, certificate="good_ec"):
        context = server_context(self.certificates.get(certificate))

        def secured(peer):
            peer.start_tls(context)
            script(peer)
        with TlsServer(secured) as proxy:
            return probe(f"https://localhost:{proxy.port}", "--ca-file", self.certificates.ca, server=self.server)

    def test_it_leads_through(self):
        def script(peer):
            peer.hear("CONNECT mail.example.com:2525 HTTP/1.1")
            peer.hear("Host:")
            peer.hear("")
            peer.say("HTTP/1.1 200 fine", "", "220 glued")
            peer.hear("EHLO ")
            peer.say("250 fine")
            peer.hear("QUIT")
            peer.say("221 bye")
        code, result = self.probe(script)
        self.assertEqual((code, result["security"], result["tls"]), (0, "none", None), result)

    def test_a_certificate_that_is_not_good(self):
        for certificate, status in (("wrong_host", "tls_wrong_host"), ("unknown_ca", "tls_untrusted"),
                                    ("expired", "tls_certificate_expired")):
            with self.subTest(certificate):
                code, result = self.probe(mail_server, certificate=certificate)
                self.assertEqual((code, result["status"], result["phase"]), (76, status, "proxy"))
                self.assertIn("through the proxy localhost", result["message"])
                self.assertNotIn("the server's", result["message"])

    def test_a_certificate_that_is_not_good_ends_auto(self):
        self.server = ["--host", "mail.example.com", "--port", "2525", "--security", "auto"]
        code, result = self.probe(mail_server, certificate="wrong_host")
        self.assertEqual((code, result["status"], len(result["tries"])), (76, "tls_wrong_host", 1))

    def test_a_proxy_without_tls(self):
        def script(peer):
            peer.say("HTTP/1.1 400 no TLS", "")
            with contextlib.suppress(ConnectionResetError):
                peer.wait_for_end()
        with Scripted(script) as proxy:
            code, result = probe(f"https://localhost:{proxy.port}", "--ca-file", self.certificates.ca)
        self.assertEqual((code, result["phase"]), (76, "proxy"), result["message"])
        self.assertIn("the proxy localhost", result["message"])


if __name__ == "__main__":
    unittest.main()
