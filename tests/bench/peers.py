#!/usr/bin/env python3
"""Compares mailmote with other senders of mail on loopback: waits, octets, packets, time, and cost to the processor.

usage: BENCH=DIRECTORY MAILMOTE=PROGRAM tests/bench/peers.py [--json]

All of them send the same mail to the same server with all extensions (far.py), through the same relay that makes it far
away (relay.py); senders.py has who they are, and the cases. `floor` is a straight-line program of our own (floor.cpp):
the fewest waits that there are. A wait is a round trip; they are counted from TCP's handshake to the reply to the last
mail, and also from the greeting on. Octets are the payload of TCP, of the whole connection; packets are its segments
with data from the client. Time is counted like waits, not from the program's start. What one more mail costs: see
costs.py.
"""

import argparse
import concurrent.futures
import dataclasses
import itertools
import json
import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "hostile")]
import costs  # noqa: E402
import far  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from senders import CASES, FLOOR, MAILMOTE, SENDERS, NotApplicable  # noqa: E402

# Milliseconds of a round trip: (how many run at once, how often; the fastest counts). They mostly wait.
ROUND_TRIPS = {0: (1, 3), 50: (4, 3), 200: (16, 3), 1000: (32, 1)}
COUNTED_AT = 200  # waits and the like; a slow program still says all that it can before it hears an answer
TOLERANCE = 0.3  # round trips above the floor
TRIES = 6
APART = 0.1  # seconds between two that start: a start takes the processor that others are measured on


def one(sender, case, certificates, milliseconds):
    """(the fastest of some visits, how often it did not send); None: not applicable. Only others may fail."""
    _, runs = ROUND_TRIPS[milliseconds]
    good, failures = [], []
    while len(good) < runs and len(good) + len(failures) < TRIES:
        try:
            good.append(far.visit(sender, case, certificates, milliseconds / 1000))
        except NotApplicable:
            return None
        except far.Failed as failure:
            failures.append(failure)
    if not good or failures and sender in (FLOOR, MAILMOTE):
        raise failures[0]
    return min(good, key=lambda visit: visit.seconds), len(failures)


def visits(senders, cases, certificates, milliseconds):
    """{(case, sender): as from one()}"""
    at_once, _ = ROUND_TRIPS[milliseconds]
    longest_first = sorted(cases, key=lambda case: -case.recipients - case.mails)
    running = {}
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        for case, sender in itertools.product(longest_first, senders):
            running[case.name, sender.name] = pool.submit(one, sender, case, certificates, milliseconds)
            time.sleep(APART if milliseconds else 0)
    return {key: future.result() for key, future in running.items()}


def figures(found, case, sender):
    """What is known of a sender in a case; None: not applicable."""
    ways = {trip: found[trip][case.name, sender.name] for trip in ROUND_TRIPS}
    if None in ways.values():
        return None
    known = dataclasses.asdict(ways[COUNTED_AT][0])
    return {**known, "seconds": {str(trip): round(visit.seconds, 4) for trip, (visit, _) in ways.items()},
            "failures": sum(failures for _, failures in ways.values())}


def goals(cases, results):
    """[(what, how far above the floor, whether that is well)] of mailmote."""
    found = []
    for case in cases:
        ours = results[case.name]["mailmote"]
        found.append((f"{case.name}: waits", ours["waits"] - case.fewest))
        found += [(f"{case.name}: {trip} ms", round(1000 * ours["seconds"][str(trip)] / trip - case.fewest, 2))
                  for trip in ROUND_TRIPS if trip]
    return [{"what": what, "above": above, "reached": above <= TOLERANCE} for what, above in found]


def measure(certificates):
    versions = tls_client.versions(certificates)
    skipped = {sender.name: sender.why_not() for sender in SENDERS if sender.why_not()}
    senders = [sender for sender in SENDERS if sender.name not in skipped]
    if FLOOR not in senders or MAILMOTE not in senders:
        sys.exit(f"not in {os.environ['BENCH']}: {', '.join(skipped)}")
    cases = [case for case in CASES if case.version in (None, *versions)]
    skipped |= {case.name: f"this build's Mbed TLS has no TLS {case.version}" for case in CASES if case not in cases}
    found = {trip: visits(senders, cases, certificates, trip) for trip in ROUND_TRIPS}
    results = {case.name: {sender.name: figures(found, case, sender) for sender in senders} for case in cases}
    return {
        "senders": {sender.name: sender.version() for sender in senders},
        "skipped": skipped,
        "fewest": {case.name: case.fewest for case in cases},
        "cases": results,
        "costs": costs.measure(certificates, versions),
        "goals": goals(cases, results),
    }


def row(name, cells):
    print(f"{name:26}" + "".join(f"{cell:>13}" for cell in cells))


def table(heading, result, cell):
    row(f"\n{heading}", result["senders"])
    for case, senders in result["cases"].items():
        row(case, [cell(known) if known else "-" for known in senders.values()])


def show(result):
    print(", ".join(f"{name} ({version})" for name, version in result["senders"].items()))
    for what, why in result["skipped"].items():
        print(f"skipped: {what}: {why}")
    for case, senders in result["cases"].items():
        for name, known in senders.items():
            if known and known["failures"]:
                print(f"{name}: {case}: {known['failures']} more runs did not send")
    table("waits", result, lambda known: known["waits"])
    table("waits after the greeting", result, lambda known: known["after_greeting"])
    table("octets sent/received", result, lambda known: f"{known['sent']}/{known['received']}")
    table("packets sent", result, lambda known: "?" if known["packets"] is None else known["packets"])
    for trip in ROUND_TRIPS:
        table(f"s, round trip of {trip} ms", result, lambda known, trip=trip: f"{known['seconds'][str(trip)]:.3f}")
    for case, libraries in result["costs"].items():
        row(f"\n{case}", libraries)
        for counter in costs.COUNTERS:
            row(f"{counter}, a mail", [f"{known.get(counter, '?'):,}" for known in libraries.values()])
    print(f"\ngoals: at most {TOLERANCE} round trips above the floor")
    for goal in result["goals"]:
        if not goal["reached"]:
            print(f"NOT REACHED: {goal['what']}: {goal['above']} above")
    print(f"{sum(goal['reached'] for goal in result['goals'])} of {len(result['goals'])} reached")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    tls_client.skip_without_tls()
    with Certificates() as certificates:
        result = measure(certificates)
    if arguments.json:
        print(json.dumps(result, indent=2))
    else:
        show(result)


if __name__ == "__main__":
    main()
