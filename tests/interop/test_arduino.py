#!/usr/bin/env python3
"""The example's sketch as it stands there, on a fake of Arduino and of a Wi-Fi client, mailing aiosmtpd over verified TLS."""

import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from certificates import Certificates  # noqa: E402
from servers import Sink  # noqa: E402

SKETCH = os.environ.get("MAILMOTE_SKETCH")
PORTS = {"implicit": "465", "starttls": "587"}


def sink(mode, name="good_ec"):
    credential = CERTIFICATES.get(name)
    return Sink("--tls", mode, "--certificate", credential.file, "--key", credential.key, "--login",
                "tank@example.com:right")


def run(mode, port, password="right"):
    """What the sketch prints, when the one port of the server is open that belongs to the mode."""
    environment = {**os.environ, "MAILMOTE_CA": str(CERTIFICATES.ca), "MAILMOTE_PASSWORD": password,
                   f"MAILMOTE_PORT_{PORTS[mode]}": str(port)}
    done = subprocess.run([SKETCH], capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout.splitlines()


class Sketch(unittest.TestCase):
    def test_one_mail(self):
        for mode in PORTS:
            with self.subTest(mode), sink(mode) as server:
                self.assertEqual(run(mode, server.port), ["accepted", "no error"])
                self.assertEqual(server.count(), 1)
                self.assertIn(b"Subject: Tank low", server.message())
                self.assertIn(b"Level 3 %", server.message())

    def test_a_server_that_is_not_believed(self):
        for mode in PORTS:
            with self.subTest(mode), sink(mode, "wrong_host") as server:
                outcome, sentence = run(mode, server.port)
                self.assertEqual((outcome, server.count()), ("not_sent", 0))
                self.assertIn("not for localhost", sentence)

    def test_a_wrong_password(self):
        with sink("starttls") as server:
            outcome, _ = run("starttls", server.port, "wrong")
            self.assertEqual((outcome, server.count()), ("not_sent", 0))


if __name__ == "__main__":
    if not SKETCH:
        print("skipped: the sketch is not built: it needs Mbed TLS")
        sys.exit(77)
    with Certificates() as CERTIFICATES:
        unittest.main()
