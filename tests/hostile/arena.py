"""All clients against all attacks, several at a time."""

import collections
import concurrent.futures
import dataclasses

from clients import NotApplicable

AT_ONCE = 6


@dataclasses.dataclass
class Verdict:
    """`falls`: (case, what happened). `absent`: why there was nothing to try. `seconds`, `memory`: the most of a case,
    the memory in kB above that for an ordinary mail. `poured`: the most octets of an endless reply that it let in."""

    runs: int = 0
    falls: list = dataclasses.field(default_factory=list)
    absent: str = ""
    seconds: float = 0.0
    memory: int = 0
    poured: int = 0

    def words(self):
        if self.falls:
            return f"FELL: {self.falls[0][1]}"
        return "survived" if self.runs else f"not applicable: {self.absent}"


def fight(world, clients, attacks):
    """{(attack's name, client's): Verdict}. No client is tried in a mode in which an ordinary mail does not arrive."""
    verdicts = collections.defaultdict(Verdict)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        work = []
        for client in clients:
            wrong = world.prepare(client).wrong
            for attack in attacks:
                verdict = verdicts[attack.name, client.name]
                for case in attack.cases(client):
                    if case.mail.mode in wrong:
                        verdict.absent = f"no mail in mode {case.mail.mode}: {wrong[case.mail.mode].strip()[-80:]}"
                    else:
                        world.context(case.certificate)  # made here, one at a time
                        work.append((verdict, case, pool.submit(world.fallen, client, case)))
        for verdict, case, result in work:
            enter(verdict, case, result)
    return verdicts


def enter(verdict, case, result):
    try:
        trial, fallen = result.result()
    except NotApplicable as why:
        verdict.absent = str(why)
        return
    verdict.runs += 1
    verdict.seconds = max(verdict.seconds, trial.run.seconds)
    verdict.memory = max(verdict.memory, trial.memory)
    verdict.poured = max(verdict.poured, trial.record.poured)
    if fallen:
        verdict.falls.append((case.label, fallen))
