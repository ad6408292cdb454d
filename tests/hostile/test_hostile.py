#!/usr/bin/env python3
"""mailmote against every attack: it survives each, in bounded time and memory."""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import program  # noqa: E402
import tls_client  # noqa: E402
from arena import fight  # noqa: E402
from catalogue import ATTACKS  # noqa: E402
from certificates import Certificates  # noqa: E402
from clients import Mailmote  # noqa: E402
from trial import World  # noqa: E402


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Certificates() as certificates:
            cls.verdicts = fight(World(certificates), [Mailmote(program.path())], ATTACKS)

    def test_every_attack_is_survived(self):
        for attack in ATTACKS:
            verdict = self.verdicts[attack.name, "mailmote"]
            with self.subTest(f"{attack.row}: {attack.name}"):
                self.assertEqual((verdict.falls, verdict.absent), ([], ""))
                self.assertGreater(verdict.runs, 0)


if __name__ == "__main__":
    tls_client.skip_without_tls()
    unittest.main()
