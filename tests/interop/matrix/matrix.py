"""Runs the matrix: to every server a mail for each pair of values."""

import concurrent.futures
import contextlib
import dataclasses
import pathlib
import tempfile
import traceback

from axes import AXES, TRANSFERS, WAYS, Case
from certificates import Certificates
from mailing import Mailing, Secrets
from mails import Mails
from offers import Offers
from pairs import all_pairs
from unpacked import CannotRun
from ways import Ways

AT_ONCE = 4  # servers; most of the time goes by in waiting


@dataclasses.dataclass
class Result:
    """Of one server. `problems`: of each case None, or what was wrong. `impossible`: why values cannot be had.

    `refusals`: how a mail with these values went: None where the program named what is missing, else what was wrong.
    """

    name: str
    version: str = ""
    skipped: str = ""
    pairs: int = 0
    problems: dict = dataclasses.field(default_factory=dict)
    impossible: dict = dataclasses.field(default_factory=dict)
    refusals: dict = dataclasses.field(default_factory=dict)
    note: str = ""
    broken: str = ""

    def failures(self):
        tried = [*self.refusals.items(), *self.problems.items()]
        found = [f"{', '.join(values)}: {problem}" for values, problem in tried if problem]
        return [f"{self.name}: {failure}" for failure in ([self.broken] if self.broken else []) + found]


def refusals(mailing, possible, impossible):
    """Of each values that cannot be had and that the program has to name, what was wrong with that."""
    named = {value: field for field, axis in zip(Case._fields, AXES.values()) if axis not in (WAYS, TRANSFERS)
             for value in axis}
    return {values: mailing.refusal_problem(possible[0]._replace(**{named[value]: value for value in values}), values)
            for values in impossible if all(value in named for value in values)}


def run_subject(kind, certificates, ways, mails, secrets):
    result = Result(kind.name, note=kind.note)
    try:
        with kind(certificates) as subject:
            result.version = subject.version()
            possible, result.impossible = Offers(subject, ways).sorted_out()
            mailing = Mailing(subject, ways, mails, secrets)
            result.refusals = refusals(mailing, possible, result.impossible)
            cases, result.pairs = all_pairs(possible)
            for case in cases:
                result.problems[case] = mailing.problem(case)
    except CannotRun as why:
        result.skipped = str(why)
    except Exception:  # pylint: disable=broad-except  # the others shall run all the same
        result.broken = traceback.format_exc()
    return result


def run(kinds):
    """(a Result of each, {way: why it was skipped})."""
    with contextlib.ExitStack() as stack:
        place = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mailmote-matrix-")))
        certificates = stack.enter_context(Certificates())
        for name in ("good_ec", "client_ec"):
            certificates.get(name)
        ways = stack.enter_context(Ways(place))
        common = (certificates, ways, Mails(place), Secrets(place))
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            running = [pool.submit(run_subject, kind, *common) for kind in kinds]
            return [each.result() for each in running], ways.skipped
