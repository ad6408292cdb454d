#!/usr/bin/env python3
"""Mail through real proxies. What cannot run here is skipped, and says so."""

import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
import proxies  # noqa: E402
from certificates import Certificates  # noqa: E402
from servers import Peer, Scripted, Sink, free_port  # noqa: E402
from tls_client import is_verified, skip_without_tls, skipped  # noqa: E402
from tls_servers import OpensslServer  # noqa: E402
from unpacked import CannotRun  # noqa: E402

USERS = {"pump": "s3cret"}
LOGIN = ("pump", "s3cret")
NOBODY = ("", "")

# (what --security is given, what the server does): a server of each kind takes mails for all the proxies.
WAYS = [("none", None), ("starttls", "starttls"), ("implicit", "implicit"), ("auto", "starttls"), ("auto", "implicit")]
SINKS = {}
CREDENTIALS = []
CONTENT = b"Subject: through a proxy\r\n\r\n.a dot\r\n" + (bytes(range(32, 127)) + b"\r\n") * 40 + b"..\r\n"


def setUpModule():
    certificates = unittest.enterModuleContext(Certificates())
    credential = certificates.get("good_ec")
    CREDENTIALS.append(credential)
    for tls in (None, "starttls", "implicit"):
        options = ["--tls", tls, "--certificate", credential.file, "--key", credential.key] if tls else []
        SINKS[tls] = unittest.enterModuleContext(Sink(*options))
    SINKS["ca"] = certificates.ca


def ask(kind, port, target, login=NOBODY, host="127.0.0.1", address=""):
    """[outcome, status, phase, native number, answers waited for] of a mail to `host` at the port `target`."""
    command = [os.environ["MAILMOTE_PROXY_PROBE"], kind, "127.0.0.1", str(port), *login, address, host, str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    words = done.stdout.split()
    assert len(words) == 5 and not done.stderr, done
    return [*words[:3], int(words[3]), int(words[4])]


def send(url, security, sink, password, host="localhost"):
    """What the program says about a mail through the proxy of that URL."""
    os.environ["PROXY_PASSWORD"] = password
    bound = "300" if security == "auto" else "9000"
    return program.run_json(
        "send", "--host", host, "--port", str(sink.port), "--security", security, "--ca-file", SINKS["ca"],
        *(["--allow-clear"] if security == "none" else []), "--greeting-timeout", bound, "--proxy", url, *(["--proxy-password-env", "PROXY_PASSWORD"] if password else []), *program.FROM_TO,
        "--raw", "-", stdin=CONTENT)


class ThroughProxy:
    """For one proxy each. `schemes`: what leads through it, in the words of --proxy, and how often its answer is waited
    for."""

    kind = None
    users = None
    schemes = {}

    @classmethod
    def setUpClass(cls):
        try:
            cls.proxy = cls.enterClassContext(cls.kind(cls.users))
        except CannotRun as reason:
            raise skipped(f"{cls.__name__}: {reason}") from None

    def login(self):
        return next(iter(self.users.items())) if self.users else NOBODY

    def test_mails(self):
        user, password = self.login()
        for scheme in self.schemes:
            url = f"{scheme}://{user}{'@' if user else ''}127.0.0.1:{self.proxy.port}"
            for security, tls in WAYS:
                with self.subTest(f"{scheme}, {security} to a server with {tls}"):
                    self.expect_mail(url, security, tls, password)

    def expect_mail(self, url, security, tls, password, host="localhost"):
        sink = SINKS[tls]
        before = sink.count()
        code, result = send(url, security, sink, password, host)
        self.assertEqual((code, result["outcome"]), (0, "accepted"), f"{result} {self.proxy.log()}")
        self.assertEqual((sink.count(), sink.message(before + 1)), (before + 1, CONTENT))
        self.assertEqual(result["security"], tls or "none")
        self.assertTrue(tls is None or is_verified(result), result)

    def test_waits(self):
        for scheme, turns in self.schemes.items():
            kind = {"socks5h": "socks5"}.get(scheme, scheme)
            with self.subTest(kind):
                said = ask(kind, self.proxy.port, SINKS[None].port, self.login())
                self.assertEqual(said, ["accepted", "ok", "idle", 0, turns], self.proxy.log())

    def expect_failure(self, kind, status, native=None, login=NOBODY, port=None, **where):
        said = ask(kind, self.proxy.port, port or SINKS[None].port, login, **where)
        self.assertEqual(said[:3], ["not_sent", status, "proxy"], f"{said} {self.proxy.log()}")
        if native is not None:
            self.assertEqual(said[3], native)


class WithLogin(ThroughProxy):
    """`wrong` and `missing`: the proxy's numbers for a wrong password and for none."""

    users = USERS
    wrong = missing = None

    def test_login_refused(self):
        kind = "http" if "http" in self.schemes else "socks5"
        self.expect_failure(kind, "proxy_auth_rejected", self.wrong, login=("pump", "wrong"))
        self.expect_failure(kind, "proxy_auth_required", self.missing)


class MicrosocksOpen(ThroughProxy, unittest.TestCase):
    kind = proxies.Microsocks
    schemes = {"socks5": 2, "socks5h": 2}

    def test_address_in_place_of_a_name(self):
        said = ask("socks5", self.proxy.port, SINKS[None].port, host="no.such.name.invalid", address="127.0.0.1")
        self.assertEqual(said[0], "accepted")

    def test_login_that_nobody_asks_for(self):
        self.assertEqual(ask("socks5", self.proxy.port, SINKS[None].port, LOGIN)[0], "accepted")

    def test_refusals(self):
        self.expect_failure("socks5", "proxy_connection_refused", 5, port=free_port())
        self.expect_failure("socks5", "proxy_connection_refused", 5, port=free_port(), host="::1")

    def test_other_protocols(self):
        self.expect_failure("socks4", "proxy_protocol")
        self.expect_failure("http", "proxy_protocol")


class MicrosocksLogin(WithLogin, unittest.TestCase):
    kind = proxies.Microsocks
    schemes = {"socks5": 3, "socks5h": 3}
    wrong, missing = 2, 255


class MicrosocksLongLogin(ThroughProxy, unittest.TestCase):
    """As much as goes out in one write; microsocks does not put a message together from two."""

    kind = proxies.Microsocks
    users = {"u" * 60: "p" * 60}
    schemes = {"socks5h": 3}


class DanteOpen(ThroughProxy, unittest.TestCase):
    kind = proxies.Dante
    schemes = {"socks4": 1, "socks5": 2, "socks5h": 2}

    def test_user_of_socks4(self):
        self.assertEqual(ask("socks4", self.proxy.port, SINKS[None].port, ("pump", ""))[0], "accepted")

    def test_refusals(self):
        self.expect_failure("socks5", "proxy_connection_refused", 5, port=free_port())
        self.expect_failure("socks5", "proxy_refused", 2, host="127.0.0.2")
        self.expect_failure("socks5", "proxy_host_unreachable", 4, host="no.such.name.invalid")
        self.expect_failure("socks4", "proxy_failed", 91, port=free_port())
        self.expect_failure("socks4a", "proxy_failed", 91, host="localhost")  # it has no 4a
        self.expect_failure("http", "proxy_closed")


class DanteLogin(WithLogin, unittest.TestCase):
    kind = proxies.Dante
    schemes = {"socks5": 3, "socks5h": 3}
    wrong, missing = 1, 255

    def test_socks4_has_no_password(self):
        self.expect_failure("socks4", "proxy_failed", 91, login=("pump", ""))


class Ssh(ThroughProxy, unittest.TestCase):
    kind = proxies.SshTunnel
    schemes = {"socks4": 1, "socks4a": 1, "socks5": 2, "socks5h": 2}

    def test_closes_in_place_of_an_answer(self):
        self.expect_failure("socks5", "proxy_closed", port=free_port())


class TinyproxyOpen(ThroughProxy, unittest.TestCase):
    kind = proxies.Tinyproxy
    schemes = {"http": 1}

    def test_refusals(self):
        self.expect_failure("http", "proxy_failed", 500, port=free_port())
        self.expect_failure("socks5", "proxy_timeout")


class TinyproxyLogin(WithLogin, unittest.TestCase):
    kind = proxies.Tinyproxy
    schemes = {"http": 1}
    wrong, missing = 401, 407


class TinyproxyInTls(ThroughProxy, unittest.TestCase):
    """With `openssl s_server` before it: TLS to the proxy, and in that the mail server's."""

    kind = proxies.Tinyproxy

    def test_mails(self):
        for security, tls in WAYS[:3]:
            with self.subTest(security), OpensslServer(self.proxy.port, CREDENTIALS[0], "1.2") as front:
                self.expect_mail(f"https://localhost:{front.port}", security, tls, "")


class SquidOpen(ThroughProxy, unittest.TestCase):
    kind = proxies.Squid
    schemes = {"http": 1}

    def test_refusals(self):
        self.expect_failure("http", "proxy_host_unreachable", 503, port=free_port())
        self.expect_failure("http", "proxy_host_unreachable", 503, port=free_port(), host="::1")
        self.expect_failure("http", "proxy_refused", 403, host="127.0.0.2")


class SquidLogin(WithLogin, unittest.TestCase):
    kind = proxies.Squid
    schemes = {"http": 1}
    wrong = missing = 407


class NcatOpen(ThroughProxy, unittest.TestCase):
    kind = proxies.Ncat
    schemes = {"http": 1}

    def test_refusals(self):
        self.expect_failure("http", "proxy_host_unreachable", 504, port=free_port())


class NcatLogin(WithLogin, unittest.TestCase):
    kind = proxies.Ncat
    schemes = {"http": 1}
    wrong = missing = 407


class WithoutProxy(unittest.TestCase):
    def test_nobody_listens(self):
        said = ask("socks5", free_port(), 25)
        self.assertEqual(said[:4], ["not_sent", "proxy_unreachable", "proxy", 111])

    def test_a_mail_server_is_no_proxy(self):
        for kind in ("socks4", "socks5", "http"):
            with self.subTest(kind), Sink() as sink:
                self.assertEqual(ask(kind, sink.port, 25)[:3], ["not_sent", "proxy_protocol", "proxy"])

    def test_a_proxy_that_says_nothing(self):
        with Scripted(Peer.wait_for_end) as proxy:
            self.assertEqual(ask("http", proxy.port, 25)[:3], ["not_sent", "proxy_timeout", "proxy"])


if __name__ == "__main__":
    skip_without_tls()
    unittest.main()
