"""What a server can do, as the program's probes see it, and what stands in the way of a case."""

import dataclasses

import axes
import program


@dataclasses.dataclass(frozen=True)
class Offer:
    capabilities: frozenset
    mechanisms: frozenset


def probe(subject, mode, port):
    """An Offer, or the reason why there is none in this mode."""
    code, result = program.run_json(
        "probe", "--host", "localhost", "--port", str(port), "--security", mode, "--ca-file", subject.ca,
        "--cert", subject.client.file, "--key", subject.client.key)
    if code != 0 and mode in subject.doubtful:
        return f"{subject.doubtful[mode]} ({result['status']})"
    assert code == 0, f"the probe failed: {result['message']}"
    stage = result["stages"][-1]
    return Offer(frozenset(line.split()[0] for line in stage["capabilities"]),
                 frozenset(stage["supported_authentication"]))


class Offers:
    """Of one server. `ways`: the Ways that there are."""

    def __init__(self, subject, ways):
        self.subject, self.ways = subject, ways
        probed = {mode: probe(subject, mode, port) for mode, port in subject.ports.items()}
        self.by_mode = {mode: offer for mode, offer in probed.items() if isinstance(offer, Offer)}
        self.absent = {mode: reason for mode, reason in probed.items() if mode not in self.by_mode}

    def obstacle(self, case):
        """Why this case cannot be had: (the value or values, the reason), or None."""
        return self.of_security(case) or self.of_login(case) or self.of_way(case) or self.of_extensions(case)

    def of_security(self, case):
        mode = axes.SPOKEN[case.security]
        return None if mode in self.by_mode else ((case.security,), self.absent[mode])

    def of_login(self, case):
        if case.login == axes.NOBODY:
            return ((case.login,), "login demanded") if self.subject.needs_login else None
        if case.login in self.by_mode[axes.SPOKEN[case.security]].mechanisms:
            return None
        elsewhere = any(case.login in offer.mechanisms for offer in self.by_mode.values())
        return (case.security, case.login) if elsewhere else (case.login,), "not offered"

    def of_way(self, case):
        return ((case.way,), "skipped") if case.way in self.ways.skipped else None

    def of_extensions(self, case):
        capabilities = self.by_mode[axes.SPOKEN[case.security]].capabilities
        for value, needed in ((case.transfer, axes.TRANSFER_NEEDS[case.transfer]),
                              (case.mail, axes.MAIL_NEEDS[case.mail])):
            if needed and needed not in capabilities:
                return (value,), "not offered"
        return None

    def sorted_out(self):
        """(the cases that can be had, {values that cannot: the reason})."""
        possible, impossible = [], {}
        for case in axes.ALL:
            obstacle = self.obstacle(case)
            if obstacle is None:
                possible.append(case)
            else:
                impossible[obstacle[0]] = obstacle[1]
        return possible, impossible
