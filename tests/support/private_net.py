"""A network of its own for a test: ports below 1024 and any host name, on a loopback interface that nobody else sees.

Linux namespaces give it, to root and, where the machine allows it, to any user.
"""

import os
import subprocess
import sys
import tempfile

MARK = "MAILMOTE_TEST_HAS_PRIVATE_NET"
ENTER = 'ip link set lo up && mount --bind "$1" /etc/hosts && shift && exec "$@"'
NAMES = ["localhost", "smtp.example.com", "mail.example.com", "deep.mail.example.com", "mail.example.org"]


def unshare():
    return ["unshare", "-m", "-n", *(["-U", "-r"] if os.geteuid() != 0 else []), "sh", "-c", ENTER, "sh"]


def is_private():
    return MARK in os.environ


def enter():
    """Starts the script again inside, with all of NAMES at 127.0.0.1. Returns inside, or where there is no inside."""
    if is_private():
        return
    with tempfile.NamedTemporaryFile("w", prefix="mailmote-hosts-") as hosts:
        hosts.write("".join(f"127.0.0.1 {name}\n" for name in NAMES))
        hosts.flush()
        os.chmod(hosts.name, 0o644)
        begin = [*unshare(), hosts.name]
        if subprocess.run([*begin, "true"], capture_output=True, check=False).returncode != 0:
            return
        inside = {**os.environ, MARK: "1"}
        done = subprocess.run([*begin, sys.executable, "-B", *sys.argv], env=inside, check=False)
    sys.exit(done.returncode)


WHY_NOT = "this user may make no network namespace here, so there are neither ports below 1024 nor names of one's own"
