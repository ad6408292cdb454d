"""The table of the matrix, for docs/interop.md and for people at a terminal."""

import axes

HEAD = """<!-- Written by tools/interop; change that, not this. -->
# Interoperability

Mails that the program `mailmote` has sent to real servers on the loopback interface, and that were found there octet
for octet as it had said it would send them. The mails of a server are chosen so that every value of the table meets
every value of each other group at least once, as far as the server allows: that is all of the *pairs*. A number says
how many mails with this value arrived. Words say why there was none: that was tried too where the program has to notice
(*refusals*), and it said what is missing and sent nothing. `tools/interop` runs it again.
"""


def cell(result, value):
    """How many mails with this value arrived, or why there was none."""
    if result.skipped or result.broken:
        return "skipped" if result.skipped else "FAILED"
    of_value = [problem for case, problem in result.problems.items() if value in case]
    return good_of(of_value) if of_value else result.impossible.get((value,), "-")


def good_of(problems):
    """How many went well, and of how many if not all did."""
    good = list(problems).count(None)
    return str(good) if good == len(problems) else f"**{good} of {len(problems)}**"


def rows(results):
    yield ["", *[result.name for result in results]]
    yield ["---"] * (len(results) + 1)
    yield ["version", *[result.version or "skipped" for result in results]]
    yield ["mails", *[str(len(result.problems)) for result in results]]
    yield ["pairs", *[str(result.pairs) for result in results]]
    yield ["refusals", *[good_of(result.refusals.values()) for result in results]]
    for axis, values in axes.AXES.items():
        yield [f"**{axis}**", *[""] * len(results)]
        yield from ([value, *[cell(result, value) for result in results]] for value in values)


def table(results):
    return "".join(f"| {' | '.join(row)} |\n" for row in rows(results))


def limits(results):
    """What there is to say of servers, what they do not do in combination, and what was skipped."""
    for result in results:
        if result.skipped:
            yield f"- {result.name}: skipped, {result.skipped}."
        elif result.note:
            yield f"- {result.name}: {result.note}"
        by_security = {}
        for values, _ in result.impossible.items():
            if len(values) == 2:
                by_security.setdefault(values[0], []).append(values[1])
        for security, logins in by_security.items():
            yield f"- {result.name}, security {security}: {', '.join(logins)} not offered."


def page(results, ways_skipped):
    lines = [*limits(results), *[f"- {way}: skipped, {why}." for way, why in ways_skipped.items()]]
    return HEAD + "\n" + table(results) + ("\n## Notes\n\n" + "\n".join(lines) + "\n" if lines else "")


def as_json(results, ways_skipped):
    """What the table was made of, for programs."""
    return {"ways_skipped": ways_skipped, "servers": [{
        "name": result.name, "version": result.version, "skipped": result.skipped, "broken": result.broken,
        "pairs": result.pairs,
        "impossible": [{"values": values, "reason": reason} for values, reason in result.impossible.items()],
        "refusals": [{"values": values, "problem": problem} for values, problem in result.refusals.items()],
        "mails": [{**case._asdict(), "problem": problem} for case, problem in result.problems.items()],
    } for result in results]}
