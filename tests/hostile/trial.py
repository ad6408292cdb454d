"""One client against one attack: what is tried, and by which rules a client survives it or falls."""

import base64
import contextlib
import dataclasses
import json
import signal
import typing

import measure
from clients import SECRET, Mail, Mailmote
from session import OFFERS, Record, Session, close_after
from tls_servers import TlsServer, server_context

MODES = ("none", "starttls", "implicit")
MEMORY = 32_000  # kB above what the client takes for an ordinary mail
OF_CONTENT = 20  # times the mail itself, that a client may take besides
GRACE = 4.0  # seconds beyond twice the client's own time-out: one for the reply, one for its farewell
SECRETS = [SECRET.encode(), base64.b64encode(f"\0pump\0{SECRET}".encode()), base64.b64encode(SECRET.encode())]


@dataclasses.dataclass(frozen=True)
class Case:
    """`answers`, `before_tls`, `offers`: see Session; `script(peer, record, context)` takes the place of all three.
    `judge(trial)` says what happened to a client that fell by more than the rules for all, `exact(result)` what is
    wrong in mailmote's JSON object. `certificate`: the server's."""

    label: str
    mail: Mail
    answers: dict = None
    before_tls: dict = None
    offers: tuple = OFFERS
    script: typing.Callable = None
    judge: typing.Callable = None
    exact: typing.Callable = None
    certificate: str = "good_ec"


@dataclasses.dataclass(frozen=True)
class Attack:
    """`row`: of the table of attacks. `cases(client)`: those that make sense for this client."""

    name: str
    row: str
    seen_in: str
    what: str
    cases: typing.Callable


@dataclasses.dataclass
class Trial:
    case: Case
    run: measure.Run
    record: Record
    came: bytes
    in_clear: list
    normal: "Normal"

    @property
    def claims_success(self):
        return self.run.code == 0

    @property
    def memory(self):
        """In kB, above what an ordinary mail takes."""
        return self.run.peak - self.normal.peak


@dataclasses.dataclass
class Normal:
    """What a client does when nothing is wrong. `wrong`: what it said for each mode in which no mail arrives. `peak`:
    its memory, in kB. `unsent`: its exit codes for a mail that was lost before its content."""

    wrong: dict = dataclasses.field(default_factory=dict)
    peak: int = 0
    unsent: set = dataclasses.field(default_factory=set)


class World:
    """The certificates of all trials, and what each client does when nothing is wrong."""

    def __init__(self, certificates):
        self.certificates = certificates
        self.contexts, self.normal = {}, {}

    def context(self, name):
        if name not in self.contexts:
            self.contexts[name] = server_context(self.certificates.get(name))
        return self.contexts[name]

    def prepare(self, client):
        normal = self.normal[client.name] = Normal()
        for mode in MODES:
            trial = self.attempt(client, Case("ordinary", Mail(mode)))
            normal.peak = max(normal.peak, trial.run.peak)
            if not trial.claims_success or len(trial.record.kept) != 1:
                normal.wrong[mode] = trial.run.out.decode(errors="replace")
            normal.unsent.add(self.attempt(client, Case("unsent", Mail(mode), {"DATA": close_after(b"")})).run.code)
        return normal

    def attempt(self, client, case):
        """Raises NotApplicable."""
        record, context = Record(), self.context(case.certificate)

        def script(peer):
            if case.script:
                case.script(peer, record, context)
            else:
                Session(peer, record, case.mail.mode, context, case.offers, case.answers, case.before_tls).run()

        with TlsServer(script) as server:
            invocation = client.invocation(case.mail, server.port, self.certificates.ca)
            run = measure.run(invocation.command, invocation.stdin, invocation.environment,
                              2 * case.mail.seconds + GRACE)
            if run.ended:
                server.settle()
        return Trial(case, run, record, server.came, [line for peer in server.peers for line in peer.lines_in_clear],
                     self.normal[client.name])

    def fallen(self, client, case):
        """(the trial, what happened to the client; nothing if it survived)."""
        trial = self.attempt(client, case)
        found = by_the_rules(trial) or (case.judge and case.judge(trial))
        if not found and isinstance(client, Mailmote) and not case.mail.verbose:
            found = inexact(trial)
        return trial, found or ""


def by_the_rules(trial):
    """The rules that hold for every client and every attack."""
    run, record, mail = trial.run, trial.record, trial.case.mail
    if trial.memory > MEMORY + OF_CONTENT * len(mail.content) // 1000:
        return f"took {trial.memory // 1000} MB more memory than for an ordinary mail"
    if not run.ended:
        return f"had not ended after {run.seconds:.0f} s"
    if run.code < 0 and run.code != -signal.SIGPIPE:
        return f"crashed with signal {-run.code}"
    if trial.claims_success and not record.kept:
        return "reported success for a mail that the server does not have"
    if trial.claims_success and record.refused:
        return "reported success though a recipient was refused"
    return in_clear(trial)


def in_clear(trial):
    """What went out in clear of a mail that the user wanted in TLS, or of a password without consent."""
    mail = trial.case.mail
    if mail.mode != "none":
        for verb in (b"MAIL", b"RCPT", b"DATA", b"AUTH"):
            if any(line.upper().startswith(verb) for line in trial.in_clear):
                return f"sent {verb.decode()} in clear"
    if mail.mode != "none" or not mail.clear_login:
        if any(secret in trial.came for secret in SECRETS):
            return "sent the password in clear"
    return None


def inexact(trial):
    """mailmote says what happened as one valid object, and exactly."""
    with contextlib.suppress(ValueError):
        result = json.loads(trial.run.out.decode("utf-8"))
        if (result["outcome"] == "accepted") != trial.claims_success:
            return f"the exit code {trial.run.code} is not that of the outcome {result['outcome']}"
        if result["outcome"] == "not_sent" and trial.record.kept:
            return "said not_sent of a mail that the server has"
        return trial.case.exact(result) if trial.case.exact else None
    return f"standard output is not one JSON object: {trial.run.out[-200:]!r}"


def is_one_of(*statuses, outcome="not_sent"):
    """For Case.exact."""
    def exact(result):
        if result["status"] in statuses and result["outcome"] == outcome:
            return None
        return f"{result['outcome']} with {result['status']}, not {outcome} with {' or '.join(statuses)}"
    return exact
