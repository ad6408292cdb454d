#!/usr/bin/env python3
"""Mail through real proxies. What is not installed here is skipped, and says so."""

import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import proxies  # noqa: E402
from servers import Peer, Scripted, Sink, free_port  # noqa: E402
from unpacked import CannotRun  # noqa: E402

USERS = {"pump": "s3cret"}
LOGIN = ("pump", "s3cret")
NOBODY = ("", "")


def send(kind, port, target, login=NOBODY, host="127.0.0.1", address=""):
    """[outcome, status, phase, native number, answers waited for] of a mail to `host` at the port `target`."""
    command = [os.environ["MAILMOTE_PROXY_PROBE"], kind, "127.0.0.1", str(port), *login, address, host, str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    words = done.stdout.split()
    assert len(words) == 5 and not done.stderr, done
    return [*words[:3], int(words[3]), int(words[4])]


def skip_unless(reason):
    if reason:
        print(f"skipped: {reason}")
        raise unittest.SkipTest(reason)


class ThroughProxy(unittest.TestCase):
    """For one proxy each: `kind` started once for each set of users."""

    kind = None
    users = None

    @classmethod
    def setUpClass(cls):
        if cls.kind is None:
            raise unittest.SkipTest("for the classes below")
        skip_unless(cls.kind.why_not())
        try:
            cls.proxy = cls.enterClassContext(cls.kind(cls.users))
        except CannotRun as reason:
            skip_unless(str(reason))
        cls.sink = cls.enterClassContext(Sink())

    @classmethod
    def enterClassContext(cls, context):
        value = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        return value

    def expect_mail(self, kind, login=NOBODY, turns=None, **where):
        before = self.sink.count()
        said = send(kind, self.proxy.port, self.sink.port, login, **where)
        self.assertEqual(said[:4], ["accepted", "ok", "idle", 0], self.proxy.log())
        self.assertEqual(self.sink.count(), before + 1)
        self.assertIn(b"Subject: through a proxy\r\n", self.sink.message(before + 1))
        if turns is not None:
            self.assertEqual(said[4], turns, "answers that were waited for")

    def expect_failure(self, kind, status, native=None, login=NOBODY, port=None, **where):
        said = send(kind, self.proxy.port, port or self.sink.port, login, **where)
        self.assertEqual(said[:3], ["not_sent", status, "proxy"], f"{said} {self.proxy.log()}")
        if native is not None:
            self.assertEqual(said[3], native)


class MicrosocksOpen(ThroughProxy):
    kind = proxies.Microsocks

    def test_socks5(self):
        self.expect_mail("socks5", turns=2)
        self.expect_mail("socks5", host="localhost")
        self.expect_mail("socks5", host="no.such.name.invalid", address="127.0.0.1")
        self.expect_mail("socks5", login=LOGIN, turns=2)

    def test_refusals(self):
        self.expect_failure("socks5", "proxy_connection_refused", 5, port=free_port())
        self.expect_failure("socks5", "proxy_connection_refused", 5, port=free_port(), host="::1")

    def test_other_protocols(self):
        self.expect_failure("socks4", "proxy_protocol")
        self.expect_failure("http", "proxy_protocol")


class MicrosocksLogin(ThroughProxy):
    kind = proxies.Microsocks
    users = USERS

    def test_login(self):
        self.expect_mail("socks5", login=LOGIN, turns=3)

    def test_login_refused(self):
        self.expect_failure("socks5", "proxy_auth_rejected", 2, login=("pump", "wrong"))
        self.expect_failure("socks5", "proxy_auth_required", 255)


class MicrosocksLongLogin(ThroughProxy):
    """As much as goes out in one write; microsocks does not put a message together from two."""

    kind = proxies.Microsocks
    users = {"u" * 60: "p" * 60}

    def test_login(self):
        self.expect_mail("socks5", login=("u" * 60, "p" * 60))


class DanteOpen(ThroughProxy):
    kind = proxies.Dante

    def test_socks5(self):
        self.expect_mail("socks5", turns=2)
        self.expect_mail("socks5", host="localhost")

    def test_socks4(self):
        self.expect_mail("socks4", turns=1)
        self.expect_mail("socks4", login=("pump", ""))
        self.expect_mail("socks4", host="localhost", address="127.0.0.1")

    def test_refusals(self):
        self.expect_failure("socks5", "proxy_connection_refused", 5, port=free_port())
        self.expect_failure("socks5", "proxy_refused", 2, host="127.0.0.2")
        self.expect_failure("socks5", "proxy_host_unreachable", 4, host="no.such.name.invalid")
        self.expect_failure("socks4", "proxy_failed", 91, port=free_port())
        self.expect_failure("socks4a", "proxy_failed", 91, host="localhost")  # it has no 4a
        self.expect_failure("http", "proxy_closed")


class DanteLogin(ThroughProxy):
    kind = proxies.Dante
    users = USERS

    @classmethod
    def setUpClass(cls):
        skip_unless(cls.kind.why_no_users())
        super().setUpClass()

    def test_login(self):
        self.expect_mail("socks5", login=LOGIN, turns=3)

    def test_login_refused(self):
        self.expect_failure("socks5", "proxy_auth_rejected", 1, login=("pump", "wrong"))
        self.expect_failure("socks5", "proxy_auth_required", 255)
        self.expect_failure("socks4", "proxy_failed", 91, login=("pump", ""))


class Ssh(ThroughProxy):
    kind = proxies.SshTunnel

    def test_every_socks(self):
        self.expect_mail("socks4", turns=1)
        self.expect_mail("socks4a", host="localhost", turns=1)
        self.expect_mail("socks5", turns=2)
        self.expect_mail("socks5", host="localhost")

    def test_closes_in_place_of_an_answer(self):
        self.expect_failure("socks5", "proxy_closed", port=free_port())


class TinyproxyOpen(ThroughProxy):
    kind = proxies.Tinyproxy

    def test_connect(self):
        self.expect_mail("http", turns=1)
        self.expect_mail("http", host="localhost")

    def test_refusals(self):
        self.expect_failure("http", "proxy_failed", 500, port=free_port())
        self.expect_failure("socks5", "proxy_timeout")


class TinyproxyLogin(ThroughProxy):
    kind = proxies.Tinyproxy
    users = USERS

    def test_login(self):
        self.expect_mail("http", login=LOGIN, turns=1)

    def test_login_refused(self):
        self.expect_failure("http", "proxy_auth_rejected", 401, login=("pump", "wrong"))
        self.expect_failure("http", "proxy_auth_required", 407)


class SquidOpen(ThroughProxy):
    kind = proxies.Squid

    def test_connect(self):
        self.expect_mail("http", turns=1)
        self.expect_mail("http", host="localhost")

    def test_refusals(self):
        self.expect_failure("http", "proxy_host_unreachable", 503, port=free_port())
        self.expect_failure("http", "proxy_host_unreachable", 503, port=free_port(), host="::1")
        self.expect_failure("http", "proxy_refused", 403, host="127.0.0.2")


class SquidLogin(ThroughProxy):
    kind = proxies.Squid
    users = USERS

    def test_login(self):
        self.expect_mail("http", login=LOGIN, turns=1)

    def test_login_refused(self):
        self.expect_failure("http", "proxy_auth_rejected", 407, login=("pump", "wrong"))
        self.expect_failure("http", "proxy_auth_required", 407)


class NcatOpen(ThroughProxy):
    kind = proxies.Ncat

    def test_connect(self):
        self.expect_mail("http", turns=1)
        self.expect_mail("http", host="localhost")

    def test_refusals(self):
        self.expect_failure("http", "proxy_host_unreachable", 504, port=free_port())


class NcatLogin(ThroughProxy):
    kind = proxies.Ncat
    users = USERS

    def test_login(self):
        self.expect_mail("http", login=LOGIN, turns=1)

    def test_login_refused(self):
        self.expect_failure("http", "proxy_auth_rejected", 407, login=("pump", "wrong"))
        self.expect_failure("http", "proxy_auth_required", 407)


class WithoutProxy(unittest.TestCase):
    def test_nobody_listens(self):
        said = send("socks5", free_port(), 25)
        self.assertEqual(said[:4], ["not_sent", "proxy_unreachable", "proxy", 111])

    def test_a_mail_server_is_no_proxy(self):
        for kind in ("socks4", "socks5", "http"):
            with self.subTest(kind), Sink() as sink:
                self.assertEqual(send(kind, sink.port, 25)[:3], ["not_sent", "proxy_protocol", "proxy"])

    def test_a_proxy_that_says_nothing(self):
        with Scripted(Peer.wait_for_end) as proxy:
            self.assertEqual(send("http", proxy.port, 25)[:3], ["not_sent", "proxy_timeout", "proxy"])


if __name__ == "__main__":
    unittest.main()
