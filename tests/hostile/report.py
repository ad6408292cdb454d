"""What came out, as a table for people, as JSON, and as the page docs/hostile.md."""

import collections
import re
import textwrap

SHOWN = 3  # of the different things that happened to a client, and of the cases in which they did

PAGE = """# Hostile servers and proxies

Made by `tools/hostile --peers --write`. Do not edit.

Scripted servers and proxies on the loopback interface attack the program `mailmote` and, where they are installed,
other clients, each with the options that its documentation gives for a mail to a verified server. A client *survived*
when no run of the attack brought it to fall. It *FELL* where the row says so, and in every row also when it took
{memory} MB more memory than for an ordinary mail, had not ended {grace} s after twice its own time-out, crashed,
reported success for a mail or a recipient that the server does not have, or sent in clear what was to go in TLS, or a
password without consent. What fell is counted in runs. "-": a client has no option for it. Not every fall is a
hole: some are what an interface cannot say, or what its documentation tells of.

STARTTLS attacks make sense with STARTTLS only, certificates in TLS only, a password without TLS in clear only; the
endless replies come at every place in clear, and in TLS as the first reply and the last. Everything else runs in clear,
with STARTTLS and with implicit TLS, or in clear and in TLS; what comes from arguments, and host names, in clear alone.

Tested: {versions}.

"""
LEGEND = """## The attacks

| class | attack | what is done | seen in |
|---|---|---|---|
"""
FIGURES = """## mailmote in figures

| attack | runs | longest, s | most memory above an ordinary mail, kB | most octets of an endless reply, MB |
|---|---|---|---|---|
"""
OUTSIDE = """## What stands elsewhere

- Each of 256 octets at each place of each string, NUL included, which no argument can hold:
  `tests/sim/injection_test.cpp`, `tests/unit/text_message_test.cpp`.
- Every body at every split into windows: `tests/unit/dot_stuffer_test.cpp`.
- A fault at each call to the network, and the outcome that follows: `tests/sim/fault_test.cpp`.
- Many mails by one client, on kept connections and on new ones, with a failure in between:
  `tests/sim/stale_state_test.cpp`.
- Text behind the 220 in mailmote's Auto, and TLS records that are none: `tests/interop/test_tls_attacks.py`,
  `tests/interop/test_tls_faults.py`.
- Tickets of TLS 1.3: `tests/interop/test_tls_servers.py`. A `char` with and without a sign: the suite runs with both.
"""


def row(*cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |\n"


def cell(verdict):
    if not verdict.falls:
        return verdict.words()
    return f"**FELL** ({len(verdict.falls)} of {verdict.runs}): {'; '.join(kinds(verdict))}"


def kinds(verdict):
    """What happened, each once and without the figures of the others, and in which cases."""
    whats, labels = {}, collections.defaultdict(list)
    for label, what in verdict.falls:
        kind = re.sub(r"\d+", "", what)
        whats.setdefault(kind, what)
        bare = re.sub(r"(, |^)(none|starttls|implicit)$", "", label)
        if bare and bare not in labels[kind]:
            labels[kind].append(bare)
    return [what + cases(labels[kind]) for kind, what in list(whats.items())[:SHOWN]]


def cases(labels):
    if not labels:
        return ""
    return f" ({', '.join(f'`{label}`' for label in labels[:SHOWN])}{' …' if len(labels) > SHOWN else ''})"


def brief(verdict):
    if verdict.falls:
        return f"**FELL** {len(verdict.falls)} of {verdict.runs}"
    return "survived" if verdict.runs else "-"


def details(verdicts, clients, attacks):
    """What the table has no room for."""
    text = row("attack", "client", "what happened") + "|---|---|---|\n"
    for attack in attacks:
        for client in clients:
            verdict = verdicts[attack.name, client.name]
            if verdict.falls or not verdict.runs:
                text += row(attack.name, client.name, cell(verdict))
    return text


def table(verdicts, clients, attacks):
    text = row("attack", *[client.name for client in clients]) + "|" + "---|" * (len(clients) + 1) + "\n"
    for attack in attacks:
        text += row(attack.name, *[brief(verdicts[attack.name, client.name]) for client in clients])
    runs = [sum(verdicts[attack.name, client.name].runs for attack in attacks) for client in clients]
    return text + row("runs", *runs)


def page(verdicts, clients, attacks, bounds):
    versions = ", ".join(f"{client.name} ({client.version()})" for client in clients)
    text = PAGE.format(versions=versions, **bounds) + table(verdicts, clients, attacks)
    text += "\n## How they fell\n\n" + details(verdicts, clients, attacks) + "\n" + LEGEND
    for attack in attacks:
        text += row(attack.row, attack.name, attack.what, attack.seen_in)
    text += "\n" + FIGURES
    for attack in attacks:
        verdict = verdicts[attack.name, "mailmote"]
        text += row(attack.name, verdict.runs, f"{verdict.seconds:.1f}", max(0, verdict.memory),
                    f"{verdict.poured / 1e6:.1f}" if verdict.poured else "")
    return text + "\n" + OUTSIDE


def objects(verdicts, clients, attacks):
    return [{"attack": attack.name, "class": attack.row, "client": client.name, "version": client.version(),
             "verdict": "fell" if found.falls else "survived" if found.runs else "not applicable", "runs": found.runs,
             "falls": [{"case": label, "what": what} for label, what in found.falls], "why": found.absent,
             "seconds": round(found.seconds, 3), "memory_kb": max(0, found.memory), "poured": found.poured}
            for attack in attacks for client in clients for found in [verdicts[attack.name, client.name]]]


def for_people(verdicts, clients, attacks):
    """A block for each attack, with a line for each client."""
    lines = []
    for attack in attacks:
        lines.append(f"{attack.name} ({attack.row})")
        for client in clients:
            verdict = verdicts[attack.name, client.name]
            lines += textwrap.wrap(re.sub("[*`]", "", cell(verdict)), 120, initial_indent=f"  {client.name:9}",
                                   subsequent_indent=" " * 13)
    return "\n".join(lines)
