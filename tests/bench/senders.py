"""What tools/bench --peers compares, and in which cases: each sender with what its documentation says is needed."""

import dataclasses
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "hostile")]
import clients  # noqa: E402
from clients import Invocation, NotApplicable  # noqa: E402
from npm_package import CannotRun, fetched  # noqa: E402

CONTENT = (b"From: <pump@example.com>\r\nTo: <ops@example.com>\r\nSubject: Alarm\r\n\r\n"
           b"The pump in the cellar has stopped.\r\n")
NODEMAILER = "10.6.0"
PATIENCE = 120  # seconds


@dataclasses.dataclass(frozen=True)
class Case:
    """`fewest`: the waits that a client needs. `version`: of TLS. `resumed`: the second of two connections counts."""

    name: str
    fewest: int
    security: str = "none"
    version: str = None
    login: bool = False
    recipients: int = 1
    mails: int = 1
    resumed: bool = False


CASES = [
    Case("1 recipient", 4),  # TCP; the greeting; EHLO; then the mail, all of it at once
    Case("3 recipients", 4, recipients=3),
    Case("50 recipients", 4, recipients=50),
    Case("10 mails on a connection", 13, mails=10),
    Case("login", 5, login=True),
    Case("STARTTLS (1.3), login", 8, "starttls", "1.3", True),
    Case("STARTTLS (1.2), login", 9, "starttls", "1.2", True),
    Case("TLS 1.3, login", 6, "implicit", "1.3", True),
    Case("TLS 1.3 resumed, login", 6, "implicit", "1.3", True, resumed=True),
    Case("TLS 1.2, login", 6, "implicit", "1.2", True),
    Case("TLS 1.2 resumed, login", 6, "implicit", "1.2", True, resumed=True),
]


class Sender:
    """`resumes`: a session of TLS, from one connection to the next."""

    name = ""
    resumes = False

    def why_not(self):
        """Why it cannot run on this machine; None: it can."""
        return None

    def version(self):
        return "this tree"

    def invocation(self, case, port, ca):
        """Raises NotApplicable where it cannot do such a thing."""
        if case.resumed and not self.resumes:
            raise NotApplicable
        return self.invoke(case, port, ca)

    def invoke(self, case, port, ca):
        raise NotImplementedError


def job(case, port, ca, mails=None):
    """The arguments of job.hpp. `mails`: so many, each on its own connection."""
    count, connections = (mails, "quit") if mails else (2, "quit") if case.resumed else (case.mails, "keep")
    return [str(port), case.security, ca if case.security != "none" else "-",
            ":".join(clients.LOGIN) if case.login else "-", str(case.recipients), str(count), connections]


class Driver(Sender):
    """A program of this directory around a library. `package`: of pkg-config."""

    def __init__(self, name, program, resumes=False, package=None):
        self.name, self.program, self.resumes, self.package = name, program, resumes, package

    def path(self):
        return os.path.join(os.environ["BENCH"], self.program)

    def why_not(self):
        return None if os.path.exists(self.path()) else "CMake did not find it when the benchmarks were built"

    def version(self):
        if not self.package:
            return "this tree"
        return subprocess.run(["pkg-config", "--modversion", self.package], stdout=subprocess.PIPE, text=True,
                              check=True).stdout.strip()

    def invoke(self, case, port, ca):
        return Invocation([self.path(), *job(case, port, ca)])


class Libesmtp(Driver):
    def invoke(self, case, port, ca):
        if case.security == "implicit":
            raise NotApplicable
        return super().invoke(case, port, ca)


class Nodemailer(Sender):
    name = "nodemailer"

    def why_not(self):
        try:
            fetched("nodemailer", NODEMAILER)
        except CannotRun as reason:
            return str(reason)
        return None

    def version(self):
        return NODEMAILER

    def invoke(self, case, port, ca):
        return Invocation(["node", str(HERE / "nodemailer.js"), str(fetched("nodemailer", NODEMAILER)),
                           *job(case, port, ca)])


class Program(Sender):
    """One of those that tests/hostile attacks too."""

    def __init__(self, client):
        self.client, self.name = client, client.name

    def why_not(self):
        return None if self.client.version() else "it is not installed"

    def version(self):
        return self.client.version()

    def invoke(self, case, port, ca):
        login = {"login": clients.LOGIN, "mechanism": "PLAIN", "clear_login": case.security == "none"}
        mail = clients.Mail(mode=case.security, host="127.0.0.1", content=CONTENT, mails=case.mails, seconds=PATIENCE,
                            recipients=tuple(f"user{i}@example.com" for i in range(case.recipients)),
                            **(login if case.login else {}))
        return self.client.invocation(mail, port, ca)


FLOOR, MAILMOTE = Driver("floor", "bench_floor", True), Driver("mailmote", "bench_mailer", True)
LIBRARIES = [FLOOR, MAILMOTE, Libesmtp("libesmtp", "bench_libesmtp", package="libesmtp-1.0"),
             Driver("libcurl", "bench_libcurl", True, "libcurl")]
SENDERS = [*LIBRARIES, Program(clients.Msmtp()), Program(clients.Smtplib()), Program(clients.Swaks()), Nodemailer()]
