"""docs/benchmarks.md, from what the modes of tools/bench measured."""

import pathlib
import platform

FIRST = """<!-- Written by tools/bench --peers --write; change that, not this. -->
# Benchmarks

Measured on loopback, in one run of `tools/bench --peers --write` on {machine}.
Waits and octets are the same everywhere, instructions with the same compiler and libraries; times at a round trip
hardly depend on the machine, throughput does. Each mode of `tools/bench` prints its part, with `--json` as one object.

## Goals

{goals}

## Beside others

`tools/bench --peers`. All send the same mail of one line to the same server, which has all extensions, through the same
relay, which makes it far away. `floor` is a straight-line program ([floor.cpp](../tests/bench/floor.cpp)) that takes
everything for granted and only looks whether each reply is a yes: the fewest waits that there are. `mailmote` is the
object that the README begins with ([mailer.cpp](../tests/bench/mailer.cpp)). Of the others, libraries run in small
programs of ours ([libcurl.cpp](../tests/bench/libcurl.cpp), [libesmtp.cpp](../tests/bench/libesmtp.cpp),
[nodemailer.js](../tests/bench/nodemailer.js), [smtplib_client.py](../tests/hostile/smtplib_client.py)), and programs
with the options that their documentation gives ([clients.py](../tests/hostile/clients.py)). "-": it cannot do that.

Versions: {versions}.
{skipped}

![Round trips until a mail is delivered, beside other senders: mailmote needs as few as the floor](waits.svg)

### Waits

Round trips until the last mail's reply, TCP's handshake and the greeting included; in brackets from the greeting on.
TCP's own acknowledgements come from the relay, and thus sooner than from far away: a sender that waits for them, as
msmtp does by Nagle's algorithm, looks better here than it is.

{waits}

### Seconds until the mail is delivered

From the connect to the last mail's reply, not from the program's start.

![Seconds until a mail with STARTTLS and a login is delivered, at round trips of 50, 200 and 1,000 ms](delivery.svg)
"""
REST = """
### Octets

The payload of TCP, sent/received on the whole connection, QUIT and the end of TLS included.

{octets}

### Packets

TCP segments with data that the sender sends.

{packets}

### What one more mail costs

In a running program, its connection included: the difference between 20 mails and 10, by ten. The floor and mailmote
use Mbed TLS, the others OpenSSL. The programs and the scripts, which would count their start as well, are left out.
"""
DETAILS = """
## Without a network

`tools/bench`: mailmote alone, with windows of 512 octets where no other is named.

{library}

## Thousands at once

`tools/bench --many`: each session with a mail, in one thread on epoll, beside libcurl's multi interface. CPU time is
the client's; the best of three runs.

{many}

## A large attachment

`tools/bench --attachment`: 25 MB through the whole program, read from a file and encoded in base64, beside curl.

{attachment}

{memory}

## Encoders

`tools/bench --encoders`: GB of input for each second of the processor's time.

{encoders}
"""


def row(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(heading, rows):
    return "\n".join([row(heading), "|" + "---|" * len(heading), *map(row, rows)])


def number(value):
    return f"{value:,.0f}" if value == int(value) or value > 100 else f"{value:,.1f}"


def by_sender(peers, cell):
    """A row for each case, a column for each sender."""
    return table(["", *peers["senders"]], [[case, *[cell(known) if known else "-" for known in senders.values()]]
                                           for case, senders in peers["cases"].items()])


def times(peers):
    trips = list(next(iter(peers["cases"].values()))["floor"]["seconds"])
    return "\n".join(f"\nRound trip of {int(trip):,} ms:\n\n" + by_sender(
        peers, lambda known, trip=trip: f"{known['seconds'][trip]:.{3 if trip == '0' else 2}f}") for trip in trips)


def costs(peers):
    parts = []
    for case, libraries in peers["costs"].items():
        rows = [[counter, *[number(known[counter]) for known in libraries.values()]]
                for counter in next(iter(libraries.values()))]
        parts.append("\n" + table([case, *libraries], rows))
    return "\n".join(parts)


def many(results):
    return table(["sessions", "sender", "CPU, ms", "octets a session"],
                 [[f"{int(sessions):,}", name, number(known["CPU ms"]), number(known["octets a session"])]
                  for sessions, senders in results.items() for name, known in senders.items() if known])


def attachment(result):
    return table(["", "sender", "MB/s", "CPU, ms"],
                 [[", ".join(filter(None, [way, known["cipher"]])), name, known["MB/s"], known["cpu_ms"]]
                  for way, senders in result["throughput"].items() for name, known in senders.items()])


def goals(results):
    """[(goal, what was measured, whether it is reached)]"""
    peers, bdat = results["peers"], results["library"]["bdat"]
    worst = max(peers["goals"], key=lambda goal: goal["above"])
    plain, whole = bdat["instructions a mail, 1 recipient"], peers["costs"]["1 recipient"]["mailmote"]["instructions"]
    throughput = max(rate for name, rate in bdat.items() if name.startswith("MB/s"))
    two_thousand, ten_thousand = (results["many"][sessions]["mailmote"] for sessions in ("2000", "10000"))
    return [
        ("waits and time at each round trip: at most 0.3 round trips above the floor",
         f"{worst['above']:.2f} at most ({worst['what']})", all(goal["reached"] for goal in peers["goals"])),
        ("a plain mail by `Client`: at most 20,000 instructions", number(plain), plain <= 20000),
        ("the same by `posix::Mailer`, which has TLS in its stack", number(whole), whole <= 20000),
        ("a plain mail: no call to the heap", number(bdat["heap calls a mail"]), bdat["heap calls a mail"] == 0),
        ("25 MB in clear: above 500 MB/s", f"{throughput} MB/s", throughput > 500),
        ("2,000 mails at once: under 150 ms of CPU time", f"{two_thousand['CPU ms']:.0f} ms",
         two_thousand["CPU ms"] < 150),
        ("a session's memory: under 2 KB", f"{ten_thousand['octets a session']:,} octets",
         ten_thousand["octets a session"] < 2048),
    ]


def failures(peers):
    """What others did not send in some of their runs."""
    return [f"{name} did not send in {known['failures']} runs of \"{case}\", which were repeated."
            for case, senders in peers["cases"].items() for name, known in senders.items()
            if known and known["failures"]]


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return f"{system}, {len(names) or '?'} × {names[0] if names else platform.machine()}"


def page(results):
    """`results`: {"peers", "library", "many", "attachment", "encoders"}, each as with --json."""
    peers, library = results["peers"], results["library"]
    skipped = [f"Skipped: {what}: {why}." for what, why in peers["skipped"].items()]
    first = FIRST.format(
        machine=machine(), skipped=" ".join(skipped + failures(peers)),
        goals=table(["goal", "measured", "reached"], [[*goal, "yes" if reached else "**no**"]
                                                      for *goal, reached in goals(results)]),
        versions=", ".join(f"{name} ({version})" for name, version in peers["senders"].items()),
        waits=by_sender(peers, lambda known: f"{known['waits']} ({known['after_greeting']})"))
    rest = REST.format(octets=by_sender(peers, lambda known: f"{known['sent']}/{known['received']}"),
                       packets=by_sender(peers, lambda known: known["packets"] or "?"))
    memory = [[number(one["octets"]), number(one["peak_kb"])] for one in results["attachment"]["memory"]]
    details = DETAILS.format(
        library=table(["", "DATA", "BDAT"], [[name, number(value), number(library["bdat"][name])]
                                             for name, value in library["data"].items()]),
        many=many(results["many"]), attachment=attachment(results["attachment"]),
        memory=table(["attachment made as it goes, octets", "memory at the peak, kB"], memory),
        encoders=table(["", "", "GB/s"], [[one["what"], one["who"], f"{one['GB/s']:.2f}"]
                                          for one in results["encoders"]]))
    return first + times(peers) + "\n" + rest + costs(peers) + "\n" + details
