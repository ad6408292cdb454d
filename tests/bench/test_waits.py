#!/usr/bin/env python3
"""mailmote waits no more often for a server than a straight-line program does: in clear, with a login, and with TLS.

usage: BENCH=DIRECTORY MAILMOTE=PROGRAM tests/bench/test_waits.py

BENCH holds bench_floor (floor.cpp) and bench_mailer (mailer.cpp). Waits are whole numbers; the time that they take is
no matter here. A program that is slow to say what it could have said at once is counted too high, never too low: it
may try again.
"""

import concurrent.futures
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "hostile")]
import far  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from senders import CASES, FLOOR, MAILMOTE  # noqa: E402

ROUND_TRIP = 0.1  # seconds
TRIES, AT_ONCE = 3, 6


def fewest(sender, case, certificates):
    """The fewest waits in some tries; it ends when there are no more than there must be."""
    found = []
    while len(found) < TRIES and case.fewest not in found:
        found.append(far.visit(sender, case, certificates, ROUND_TRIP).waits)
    return min(found)


class Waits(unittest.TestCase):
    certificates = cases = None

    def test_as_few_as_the_floor(self):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            counted = {(case, sender): pool.submit(fewest, sender, case, self.certificates)
                       for case in self.cases for sender in (FLOOR, MAILMOTE)}
        for (case, sender), waits in counted.items():
            with self.subTest(case=case.name, sender=sender.name):
                self.assertEqual(waits.result(), case.fewest)


def main():
    tls_client.skip_without_tls()
    with Certificates() as certificates:
        versions = tls_client.versions(certificates)
        Waits.certificates, Waits.cases = certificates, [one for one in CASES if one.version in (None, *versions)]
        for version in sorted(set(tls_client.VERSIONS) - set(versions)):
            print(f"skipped: waits with TLS {version}: this build's Mbed TLS does not speak it")
        result = unittest.main(argv=[sys.argv[0]], exit=False).result
    sys.exit(0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()
