#!/usr/bin/env python3
"""Certificates where nobody knows what time it is: the program sees a clock that says 1970."""

import os
import pathlib
import shutil
import subprocess
import sys
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
import tls_client  # noqa: E402
from certificates import Certificates  # noqa: E402
from tls_client import CONFIGURATION, keeper  # noqa: E402
from tls_servers import TlsServer, server_context  # noqa: E402

CLOCK = b"#include <time.h>\ntime_t time(time_t *out) { if (out) *out = 1000; return 1000; }\n"


class ClockNotSet(unittest.TestCase):
    def setUp(self):
        # A sanitizer wants to come first; what is put in front of it here does no harm.
        changed = unittest.mock.patch.dict(os.environ, LD_PRELOAD=LIBRARY, ASAN_OPTIONS="verify_asan_link_order=0")
        changed.start()
        self.addCleanup(changed.stop)

    def mail(self, name, *arguments):
        kept = []
        with TlsServer(keeper(server_context(CERTIFICATES.get(name)), "implicit", kept)) as server:
            code, result = tls_client.send(server.port, "implicit", "--ca-file", CERTIFICATES.ca, *arguments)
        return code, result, kept

    def test_is_a_reason_to_refuse(self):
        for arguments in ([], ["--clock-not-set", "refuse"]):
            with self.subTest(arguments):
                code, result, kept = self.mail("good_ec", *arguments)
                self.assertEqual((code, result["status"], kept), (CONFIGURATION, "tls_clock_not_set", []), result)
                self.assertIn("set the clock", result["message"])

    def test_may_be_accepted_and_is_shown_then(self):
        for name in ("good_ec", "expired"):
            with self.subTest(name):
                code, result, kept = self.mail(name, "--clock-not-set", "accept")
                self.assertEqual((code, len(kept)), (0, 1), result)
                self.assertEqual(result["tls"]["verified"], {"chain": True, "pin": False, "host": True, "time": False})
                self.assertNotIn(b"\r\nDate:", kept[0])

    def test_is_shown_to_a_person_too(self):
        with TlsServer(keeper(server_context(CERTIFICATES.get("good_ec")), "implicit", [])) as server:
            code, stdout, _ = program.run("send", "--server", f"smtps://localhost:{server.port}", *program.FROM_TO,
                                          "--ca-file", CERTIFICATES.ca, "--clock-not-set", "accept", "--text", "x")
        self.assertEqual(code, 0)
        self.assertIn(b"verified, but NOT its dates", stdout)

    def test_does_not_make_other_faults_good(self):
        for name, status in (("wrong_host", "tls_wrong_host"), ("unknown_ca", "tls_untrusted")):
            with self.subTest(name):
                code, result, _ = self.mail(name, "--clock-not-set", "accept")
                self.assertEqual((code, result["status"]), (tls_client.PROTOCOL, status), result)


def main():
    tls_client.skip_without_tls()
    if not shutil.which("cc"):
        print("skipped: there is no C compiler to make the clock with")
        sys.exit(program.SKIPPED)
    global CERTIFICATES, LIBRARY
    with Certificates() as CERTIFICATES:
        LIBRARY = str(CERTIFICATES.work / "clock.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", LIBRARY], input=CLOCK, check=True)
        unittest.main()


if __name__ == "__main__":
    main()
