"""The program mailmote, as the tests run it. Its path is in the environment variable MAILMOTE."""

import json
import os
import subprocess
import sys

SKIPPED = 77
FIELDS = {
    "outcome", "advice", "status", "phase", "smtp_code", "enhanced", "reply", "message", "message_id", "date",
    "recipients", "capabilities", "supported_authentication", "stages", "security", "tls", "tries", "auth",
    "credentials", "round_trips", "bytes_sent", "bytes_received", "elapsed_ms",
}
os.environ["XDG_CONFIG_HOME"] = "/nonexistent"  # what the user of this machine has set up is no matter of the tests
FROM_TO = ["--from", "pump@example.com", "--to", "ops@example.com"]


def path():
    if "MAILMOTE" not in os.environ:
        sys.exit("the environment variable MAILMOTE must hold the path of the program mailmote")
    return os.environ["MAILMOTE"]


def run(*arguments, stdin=b""):
    """(exit code, standard output, standard error), the latter two as bytes."""
    done = subprocess.run([path(), *arguments], input=stdin, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


def run_json(*arguments, stdin=b""):
    """(exit code, the object): fails unless standard output is exactly one whole object and standard error is empty."""
    wanted = arguments if "--json" in arguments else [*arguments, "--json"]
    code, stdout, stderr = run(*wanted, stdin=stdin)
    assert stderr == b"", stderr
    result = json.loads(stdout.decode("utf-8"))
    assert set(result) == FIELDS, set(result) ^ FIELDS
    return code, result


def at(port):
    """The options that lead to a server on this machine."""
    return ["--host", "127.0.0.1", "--port", str(port), "--security", "none"]


def send(port, *arguments, stdin=b""):
    """Sends with --json; from and to are given unless `arguments` name a recipient."""
    named = any(argument in ("--to", "--cc", "--bcc") for argument in arguments)
    return run_json("send", *at(port), *([] if named else FROM_TO), *arguments, stdin=stdin)


def send_raw(port, content, *arguments):
    return send(port, "--raw", "-", *arguments, stdin=content)
