"""The program mailmote as a client of TLS servers on this machine."""

import atexit
import base64
import sys
import unittest

import program
from tls_servers import TLS_1_2, TLS_1_3, TlsServer, server_context

CONFIGURATION, PROTOCOL = 78, 76  # exit codes
VERSIONS = {"1.2": TLS_1_2, "1.3": TLS_1_3}
MODES = ("implicit", "starttls")


def skip_without_tls():
    """Ends the script where the program was built without TLS."""
    _, text, _ = program.run("send", "--help")
    if b"--ca-file" not in text:
        print("skipped: the program mailmote was built without TLS")
        sys.exit(program.SKIPPED)


def skipped(why):
    """To be raised where a test cannot run; standard output says why at the end."""
    atexit.register(print, f"skipped: {why}")
    return unittest.SkipTest(why)


def send(port, mode, *arguments, host="localhost", stdin=b""):
    """(exit code, the object that --json prints) of a mail; `mode`: what --security is given."""
    return program.run_json("send", "--host", host, "--port", str(port), "--security", mode, *program.FROM_TO,
                            *arguments, *(["--raw", "-"] if stdin else ["--text", "x"]), stdin=stdin)


def probe(port, mode, *arguments, host="localhost"):
    return program.run_json("probe", "--host", host, "--port", str(port), "--security", mode, *arguments)


def keeper(context, mode, kept, *capabilities, login=None):
    """A script that takes mails in this mode into the list `kept`; `login`: after PLAIN with this response."""
    def script(peer):
        peer.secure(mode, context)
        peer.greet_in(mode, *capabilities, *(["AUTH PLAIN"] if login else []))
        if login:
            peer.hear("AUTH PLAIN " + base64.b64encode(login.encode()).decode() + "\r\n")
            peer.say("235 2.7.0 welcome")
        kept.append(peer.take_mail())
    return script


def versions(certificates):
    """The versions of TLS, of VERSIONS, that the program speaks here, as seen in what a server is offered."""
    found = []
    for name, version in VERSIONS.items():
        context = server_context(certificates.get("good_ec"), version, version)
        with TlsServer(keeper(context, "implicit", [])) as server:
            code, _ = send(server.port, "implicit", "--ca-file", certificates.ca)
        if code == 0:
            found.append(name)
    assert "1.2" in found, "a mail through TLS 1.2 failed"
    return found


def nothing_in_clear(*servers):
    """Neither a mail nor a password outside TLS. No word here is so short that ciphertext might hold it by chance."""
    for server in servers:
        for word in (b"MAIL FROM:", b"RCPT TO:", b"AUTH PLAIN", b"AUTH LOGIN", b"DATA\r\n", b"Subject:"):
            if word in server.came:
                raise AssertionError(f"{word!r} in clear: {server.came!r}")


def is_verified(result, by="chain"):
    """Whether the server's chain (or its pin), its name and its dates were all found good."""
    tls = result["tls"]
    return not tls["insecure"] and all(tls["verified"][part] for part in (by, "host", "time"))


def tls_version(result):
    return result["tls"]["version"].split()[-1]


class MailCase(unittest.TestCase):
    """Mails to TlsServers. `certificates`: the script's, to be set before the tests run."""

    certificates = None

    @classmethod
    def setUpClass(cls):
        cls.ca = ["--ca-file", cls.certificates.ca]

    def context(self, version=None):
        span = (VERSIONS[version], VERSIONS[version]) if version else ()
        return server_context(self.certificates.get("good_ec"), *span)

    def mail(self, server, mode, *arguments):
        bounded = [] if "--timeout" in arguments else ["--timeout", "20000"]
        return send(server.port, mode, *self.ca, *bounded, *arguments)
