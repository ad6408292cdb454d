"""One mail of the matrix: sent by the program, and looked at where it arrived."""

import json
import os
import subprocess

import axes
import program
from subject import PASSWORD, TOKEN, USER

TOKEN_MECHANISMS = (axes.XOAUTH2, axes.OAUTHBEARER)
# What the program says of a mail that needs what the server lacks.
REFUSED_AS = {axes.NOBODY: ["rejected"], axes.SMTPUTF8: ["smtputf8_not_offered"]}
NO_LOGIN, NO_TLS = ["auth_not_offered", "no_common_mechanism"], ["tls_alert", "tls_handshake_failed"]
PATIENCE = 60  # seconds for one run of the program


class Secrets:
    """A password and a token in files of the directory `place`."""

    def __init__(self, place):
        (place / "password").write_text(PASSWORD, encoding="utf-8")
        (place / "token").write_text(TOKEN, encoding="utf-8")
        self.place = place

    def options(self, mechanism, client):
        """What logs in by this mechanism; `client`: the credential for EXTERNAL."""
        if mechanism == axes.NOBODY:
            return []
        named = ["--user", USER, "--auth", mechanism]
        if mechanism == axes.EXTERNAL:
            return [*named, "--cert", client.file, "--key", client.key]
        if mechanism in TOKEN_MECHANISMS:
            return [*named, "--token-command", f"cat {self.place / 'token'}"]
        return [*named, "--password-file", str(self.place / "password")]


class Mailing:
    """Sends to one server. `ways`, `mails`, `secrets`: what they were started with."""

    def __init__(self, subject, ways, mails, secrets):
        self.subject, self.ways, self.mails, self.secrets = subject, ways, mails, secrets

    def problem(self, case):
        """What is wrong with the mail of this case, or None."""
        try:
            result, trace = self.send(case)
            if result["outcome"] != "accepted":
                return f"{result['outcome']}: {result['message']}"
            return self.changed(case) or differs_from(case, result, trace)
        except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as failure:
            return f"{type(failure).__name__}: {failure}"

    def refusal_problem(self, case, values):
        """What is wrong with how a mail is not sent that needs these values, which the server lacks, or None."""
        result, _ = self.send(case)
        expected = next((said for value, said in REFUSED_AS.items() if value in values),
                        NO_LOGIN if case.login in values else NO_TLS)
        if result["outcome"] in expected or result["status"] in expected:
            return None
        return f"{result['outcome']} by {result['status']}: {result['message']}"

    def send(self, case):
        """(what the program says as JSON, the lines of its trace)."""
        port = self.subject.ports[axes.SPOKEN[case.security]]
        command = [
            program.path(), "send", "--json", "--trace", "--host", "localhost", "--port", str(port), "--ca-file",
            self.subject.ca, *axes.SECURITY_OPTIONS[case.security], *axes.TRANSFER_OPTIONS[case.transfer],
            *self.secrets.options(case.login, self.subject.client), *self.ways.options[case.way],
            *self.mails.arguments[case.mail]]
        done = subprocess.run(command, input=self.mails.stdin[case.mail], capture_output=True, timeout=PATIENCE,
                              check=False)
        assert done.stdout, done.stderr.decode(errors="replace")
        return json.loads(done.stdout), done.stderr.decode().splitlines()

    def changed(self, case):
        """How what arrived differs from what was sent, or None."""
        sent, arrived = self.mails.octets[case.mail], self.subject.arrived()
        if arrived == sent:
            return None
        at = len(os.path.commonprefix([sent, arrived]))
        return f"octet {at} of {len(sent)}, arrived {len(arrived)}: {sent[at:at + 40]!r} became {arrived[at:at + 40]!r}"


def differs_from(case, result, trace):
    """Whether the program went another way than it was told."""
    spoken, login = axes.SPOKEN[case.security], None if case.login == axes.NOBODY else case.login
    if (result["security"], result["auth"]) != (spoken, login):
        return f"security {result['security']} and login {result['auth']}"
    if spoken != "none" and not all(result["tls"]["verified"][part] for part in ("chain", "host", "time")):
        return "the certificate was not verified"
    if transfer_in(trace) != case.transfer:
        return f"transfer by {transfer_in(trace)}"
    wanted = {axes.EIGHT_BIT: "BODY=8BITMIME", axes.SMTPUTF8: "SMTPUTF8"}.get(case.mail, "")
    mail, = [line for line in trace if "MAIL FROM:" in line]
    return None if wanted in mail else f"{mail} without {wanted}"


def transfer_in(trace):
    """By what a mail went, as the trace shows it."""
    if any(line.startswith("C: BDAT ") for line in trace):
        return axes.BDAT
    mail = next(i for i, line in enumerate(trace) if "MAIL FROM:" in line)
    return axes.PIPELINED if trace[mail + 1].startswith("C: RCPT ") else axes.DATA
