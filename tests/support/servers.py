"""Servers for the tests: each is started on the loopback interface at a free port and ended with its `with` block."""

import json
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

SUPPORT = pathlib.Path(__file__).resolve().parent
PATIENCE = 20  # seconds for anything that should take much less


class Sink:
    """aiosmtpd with tests/support/smtp_sink.py; `options` are that program's."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="mailmote-sink-"))
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(SUPPORT / "smtp_sink.py"), str(self.directory), *self.options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split()
        if len(words) != 2:
            self.__exit__()
            raise RuntimeError("smtp_sink.py did not start")
        self.port = int(words[1])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        shutil.rmtree(self.directory)

    def count(self):
        return len(list(self.directory.glob("[0-9]*.eml")))

    def message(self, number=1):
        return (self.directory / f"{number}.eml").read_bytes()

    def envelope(self, number=1):
        return json.loads((self.directory / f"{number}.json").read_text())


class Scripted:
    """Runs one `script(peer)` a connection, one after the other; what it raises is raised again at the end.

    A script that returns closes the connection.
    """

    def __init__(self, *scripts, host="127.0.0.1"):
        self.scripts = scripts
        self.host = host
        self.failure = None

    def __enter__(self):
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self.listener = socket.create_server((self.host, 0), family=family)
        self.listener.settimeout(PATIENCE)
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        self.thread.join(PATIENCE)
        self.listener.close()
        if kind is None and self.failure is not None:
            raise self.failure

    def run(self):
        try:
            for script in self.scripts:
                connection, _ = self.listener.accept()
                connection.settimeout(PATIENCE)
                with connection:
                    script(Peer(connection))
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure


class Peer:
    """A script's side of one connection."""

    def __init__(self, connection):
        self.connection = connection
        self.reader = connection.makefile("rb")

    def say(self, *lines):
        octets = [line if isinstance(line, bytes) else line.encode() for line in lines]
        self.connection.sendall(b"".join(line + b"\r\n" for line in octets))

    def hear(self, beginning):
        line = self.reader.readline()
        if not line.startswith(beginning.encode()):
            raise AssertionError(f"expected {beginning!r}, heard {line!r}")
        return line

    def hear_content(self):
        """Up to and with the final dot."""
        content = b""
        while not content.endswith(b"\r\n.\r\n"):
            line = self.reader.readline()
            if not line:
                raise AssertionError(f"the connection ended in the content: {content[-100:]!r}")
            content += line
        return content

    def greet(self, *capabilities):
        """Greeting and EHLO."""
        self.say("220 scripted.example.com")
        self.hear("EHLO ")
        lines = ["scripted.example.com", *capabilities]
        self.say(*[f"250{'-' if line is not lines[-1] else ' '}{line}" for line in lines])

    def take_envelope(self, recipients=1):
        """MAIL and RCPT without pipelining."""
        self.hear("MAIL FROM:<")
        self.say("250 2.1.0 fine")
        for _ in range(recipients):
            self.hear("RCPT TO:<")
            self.say("250 2.1.5 fine")

    def wait_for_end(self):
        while self.reader.read(65536):
            pass

    def reset(self):
        """Ends the connection with a TCP reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.reader.close()
        self.connection.close()


def free_port():
    """A port at which nothing listens, most probably for a while: none of those that Linux gives out by itself."""
    while True:
        try:
            with socket.create_server(("127.0.0.1", random.randrange(10000, 32000))) as listener:
                return listener.getsockname()[1]
        except OSError:
            pass
