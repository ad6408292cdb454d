#!/usr/bin/env python3
"""From a name to a connection, as the program mailmote does it: the DNS, the hosts file, search domains, several addresses,
the local end, and the server that a domain names.

Runs in a network of its own, with a resolv.conf and a hosts file of its own.
"""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from certificates import Certificates  # noqa: E402
from dns_server import DnsServer  # noqa: E402
from tls_client import keeper  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

MARK = "MAILMOTE_TEST_HAS_OWN_NAMES"
NAME_SERVER = ("127.0.0.53", 53)
RESOLV_CONF = "nameserver 127.0.0.53\nsearch corp.example\n"
HOSTS = "127.0.0.1 localhost\n127.0.0.1 listed.example.com\n"
ENTER = ('ip link set lo up && mount --bind "$1" /etc/resolv.conf && mount --bind "$2" /etc/hosts && shift 2 && '
         'exec "$@"')
NAME = "mail.example.com"
NO_HOST, TRY_LATER, IO, CONFIGURATION = 68, 75, 74, 78


def enter():
    """Starts the script again inside; returns where there is no inside."""
    with tempfile.TemporaryDirectory(prefix="mailmote-names-") as directory:
        os.chmod(directory, 0o755)
        files = [pathlib.Path(directory, name) for name in ("resolv.conf", "hosts")]
        for file, text in zip(files, (RESOLV_CONF, HOSTS)):
            file.write_text(text, encoding="ascii")
        own_user = ["-U", "-r"] if os.geteuid() != 0 else []
        begin = ["unshare", "-m", "-n", *own_user, "sh", "-c", ENTER, "sh", *map(str, files)]
        if subprocess.run([*begin, "true"], capture_output=True, check=False).returncode != 0:
            return
        done = subprocess.run([*begin, sys.executable, "-B", *sys.argv], env={**os.environ, MARK: "1"}, check=False)
    sys.exit(done.returncode)


def greet(seen):
    """A server without TLS that notes where its visitors come from."""
    def script(peer):
        seen.append(peer.wire.connection.getpeername()[:2])
        peer.greet()
        peer.hear("QUIT")
        peer.say("221 bye")
    return script


@contextlib.contextmanager
def dead_end(address, port):
    """Something that never answers there: the kernel drops what comes to a full queue."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((address, port), backlog=0))
        for _ in range(2):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex((address, port))
        yield listener


def offers(option):
    return option.encode() in program.run("probe", "--help")[1]


def look_up_blocks():
    _, _, trace = program.run("probe", *program.at(1), "--trace")
    return b"*: looking up a name blocks" in trace


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.seen = []
        cls.dns = cls.enter(DnsServer(*NAME_SERVER))
        cls.server = cls.enter(TlsServer(greet(cls.seen)))

    @classmethod
    def enter(cls, context):
        cls.addClassCleanup(context.__exit__, None, None, None)
        return context.__enter__()

    def setUp(self):
        self.dns.clear()
        self.seen.clear()

    def probe(self, name, *arguments):
        return program.run_json("probe", "--host", name, "--port", str(self.server.port), "--security", "none",
                                *arguments)

    def connects(self, name, *arguments):
        code, result = self.probe(name, *arguments)
        self.assertEqual((code, result["status"]), (0, "ok"), result["message"])
        self.assertEqual(len(self.seen), 1)
        return result

    def fails(self, expected, name=NAME, *arguments):
        self.seen.clear()
        code, result = self.probe(name, *arguments)
        self.assertEqual((code, result["status"], result["phase"]), (*expected, "connect"))
        self.assertEqual(self.seen, [])
        return result


class Names(Case):
    def test_a_name_with_one_address(self):
        self.dns.add(NAME, "127.0.0.1")
        self.connects(NAME)
        self.assertEqual(sorted(self.dns.asked), [f"A {NAME}", f"AAAA {NAME}"])

    def test_aliases(self):
        for kind in ("A", "AAAA"):
            self.dns.answer(NAME, kind).aliases = ["a.example.net", "b.example.net", "c.example.net"]
        self.dns.add(NAME, "127.0.0.1")
        self.connects(NAME)

    def test_a_long_answer_comes_by_tcp(self):
        self.dns.add(NAME, *(f"127.0.0.{i}" for i in range(1, 60)))
        self.dns.answer(NAME, "A").truncated = True
        self.connects(NAME)
        self.assertIn(f"TCP A {NAME}", self.dns.asked)

    def test_a_slow_name_server_is_waited_for(self):
        self.dns.add(NAME, "127.0.0.1")
        self.dns.answer(NAME, "A").delay = 0.3
        self.assertGreaterEqual(self.connects(NAME)["elapsed_ms"], 300)

    def test_the_hosts_file_comes_first(self):
        self.dns.add("listed.example.com", "127.0.0.9", "::1")
        self.connects("listed.example.com")
        self.assertEqual(self.dns.asked, [])

    def test_the_search_domain_is_for_names_without_a_dot(self):
        self.dns.add("mail.corp.example", "127.0.0.1")
        self.connects("mail")
        self.fails((NO_HOST, "name_not_found"), "mail.corp")
        if not look_up_blocks():  # the system's look-up does as it likes
            self.assertNotIn("A mail.corp.corp.example", self.dns.asked)

    def test_no_such_name(self):
        self.fails((NO_HOST, "name_not_found"))

    def test_a_name_without_address(self):
        self.dns.answer(NAME, "SRV")
        self.fails((NO_HOST, "name_not_found"))

    def test_a_name_server_that_fails(self):
        self.dns.answer(NAME, "A").code = self.dns.answer(NAME, "AAAA").code = 2
        self.fails((TRY_LATER, "name_lookup_failed"))

    def test_the_trace_says_that_looking_up_blocks(self):
        if os.environ.get("MAILMOTE_LOOK_UP") != "blocking":
            self.skipTest("this program is not known to look names up with getaddrinfo")
        self.assertTrue(look_up_blocks())

    def test_a_silent_name_server_ends_with_the_timeout(self):
        if look_up_blocks():
            self.skipTest("skipped: looking up a name blocks in this program")
        self.dns.answer(NAME, "A").silent = True
        begin = time.monotonic()
        self.fails((TRY_LATER, "operation_timeout"), NAME, "--timeout", "400")
        self.assertLess(time.monotonic() - begin, 5)


class Addresses(Case):
    def test_a_dead_first_address_costs_a_quarter_of_a_second(self):
        self.dns.add(NAME, "127.0.0.2", "127.0.0.1")
        with dead_end("127.0.0.2", self.server.port):
            result = self.connects(NAME)
        print(f"one dead address of two: all of it took {result['elapsed_ms']} ms")
        self.assertLess(result["elapsed_ms"], 5000)

    def test_one_of_sixteen_answers(self):
        self.dns.add(NAME, *(f"127.0.0.{i}" for i in range(2, 17)), "127.0.0.1")
        with contextlib.ExitStack() as stack:
            for i in range(2, 17):
                stack.enter_context(dead_end(f"127.0.0.{i}", self.server.port))
            result = self.connects(NAME)
        print(f"15 dead addresses of 16: all of it took {result['elapsed_ms']} ms")

    def test_refusals_cost_nothing(self):
        self.dns.add(NAME, *(f"127.0.0.{i}" for i in range(2, 17)), "127.0.0.1")
        self.assertLess(self.connects(NAME)["elapsed_ms"], 2000)

    def test_ipv6_comes_first(self):
        self.dns.add(NAME, "127.0.0.1", "::1")
        six = []
        with TlsServer(greet(six), "::1", self.server.port):
            self.assertEqual(self.probe(NAME)[0], 0)
        self.assertEqual((len(six), len(self.seen)), (1, 0))

    def test_ipv4_is_taken_where_ipv6_refuses(self):
        self.dns.add(NAME, "127.0.0.1", "::1")
        self.connects(NAME)

    def test_the_most_telling_error(self):
        self.dns.add(NAME, "127.0.0.2", "192.0.2.1")
        self.fails((IO, "connection_refused"))


class LocalEnd(Case):
    def setUp(self):
        super().setUp()
        for option in ("--bind", "--interface"):
            if not offers(option):
                self.skipTest(f"skipped: this program has no {option}")

    def test_an_address(self):
        self.connects("127.0.0.1", "--bind", "127.0.0.7")
        self.assertEqual(self.seen[0][0], "127.0.0.7")

    def test_a_range_of_ports(self):
        self.connects("127.0.0.1", "--bind", "127.0.0.7:2600-2610")
        self.assertEqual(self.seen[0][0], "127.0.0.7")
        self.assertIn(self.seen[0][1], range(2600, 2611))

    def test_an_interface(self):
        self.connects("127.0.0.1", "--interface", "lo")

    def test_what_is_not_here(self):
        self.fails((CONFIGURATION, "bind_failed"), "127.0.0.1", "--bind", "192.0.2.7")
        self.fails((CONFIGURATION, "bind_failed"), "127.0.0.1", "--interface", "nosuch0")


class Discovery(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificates = cls.enter(Certificates())

    def setUp(self):
        super().setUp()
        if not offers("--discover"):
            self.skipTest("skipped: this program has no --discover")

    def discover(self, *arguments):
        trust = arguments or ("--ca-file", self.certificates.ca)
        return program.run_json("probe", "--discover", "user@example.com", *trust)

    def tls_server(self, seen, certificate="smtp_example_com", mode="implicit"):
        context = server_context(self.certificates.get(certificate))
        def script(peer):
            peer.secure(mode, context)
            seen.append(peer.wire.connection.getpeername()[:2])
            peer.greet_in(mode)
            peer.hear("QUIT")
            peer.say("221 bye")
        return TlsServer(script)

    def test_implicit_tls(self):
        with self.tls_server(self.seen) as server:
            self.dns.add_service("_submissions._tcp.example.com", server.port, "smtp.example.com")
            self.dns.add("smtp.example.com", "127.0.0.1")
            code, result = self.discover()
        self.assertEqual((code, result["status"], result["security"]), (0, "ok", "implicit"), result["message"])

    def test_an_account_may_ask_for_its_server(self):
        with self.tls_server(self.seen) as server, tempfile.TemporaryDirectory() as place:
            self.dns.add_service("_submissions._tcp.example.com", server.port, "smtp.example.com")
            self.dns.add("smtp.example.com", "127.0.0.1")
            file = pathlib.Path(place, "config")
            file.write_text(f"[account default]\ndiscover = user@example.com\nca-file = {self.certificates.ca}\n"
                            "bind = 127.0.0.7\n", encoding="ascii")
            code, result = program.run_json("probe", "--config", str(file))
            _, text, _ = program.run("config", "check", "--config", str(file))
        self.assertEqual((code, result["status"], self.seen[0][0]), (0, "ok", "127.0.0.7"), result["message"])
        self.assertIn(b"the server that the DNS names for user@example.com", text)

    def test_mail_goes_where_the_dns_says(self):
        context, kept = server_context(self.certificates.get("smtp_example_com")), []
        with TlsServer(keeper(context, "implicit", kept)) as server:
            self.dns.add_service("_submissions._tcp.example.com", server.port, "smtp.example.com")
            self.dns.add("smtp.example.com", "127.0.0.1")
            code, result = program.run_json("send", "--discover", "example.com", "--ca-file", self.certificates.ca,
                                            *program.FROM_TO, "--text", "x")
        self.assertEqual((code, result["outcome"], len(kept)), (0, "accepted", 1), result["message"])

    def test_none(self):
        code, result = self.discover()
        self.assertEqual((code, result["status"]), (NO_HOST, "name_not_found"), result["message"])

    def test_declined(self):
        for service in ("_submissions", "_submission"):
            self.dns.add_service(f"{service}._tcp.example.com", 0, ".")
        code, result = self.discover()
        self.assertEqual((code, result["status"]), (NO_HOST, "name_not_found"))
        self.assertIn("no mail submission", result["message"])

    def outside(self, mode, certificate, *arguments):
        """Of a server outside of the domain, with that certificate."""
        service = "_submissions" if mode == "implicit" else "_submission"
        with self.tls_server(self.seen, certificate, mode) as server:
            self.dns.clear()
            self.dns.add_service(f"{service}._tcp.example.com", server.port, "smtp.hoster.example")
            self.dns.add("smtp.hoster.example", "127.0.0.1")
            code, result = self.discover(*arguments)
            self.assertIn("smtp.hoster.example", result["message"])
            return code, result

    def test_a_host_outside_of_the_domain_shows_that_it_is_the_domains(self):
        for mode in ("implicit", "starttls"):
            with self.subTest(mode):
                code, result = self.outside(mode, "example_com")
                self.assertEqual((code, result["status"], result["security"]), (0, "ok", mode), result["message"])

    def test_a_host_outside_of_the_domain_that_is_only_itself(self):
        for mode in ("implicit", "starttls"):
            with self.subTest(mode):
                code, result = self.outside(mode, "smtp_hoster_example")
                self.assertEqual((code, result["status"], result["phase"]), (76, "tls_wrong_host", "tls"))
                self.assertIn("--server", result["message"])

    def test_a_host_outside_of_the_domain_is_not_visited_unverified(self):
        code, result = self.outside("implicit", "example_com", "--insecure")
        self.assertEqual((code, result["outcome"], self.seen), (CONFIGURATION, "not_sent", []), result["message"])


if __name__ == "__main__":
    if MARK not in os.environ:
        enter()
        print("skipped: this user may make no network with names of its own here")
        sys.exit(program.SKIPPED)
    unittest.main()
