"""What the servers of the tests have in common that are programs of this machine or of an unpacked package."""

import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

from servers import PATIENCE
from unpacked import CannotRun, command_inside, remove


class Service:
    """Started by start() and ended with its `with` block. `work` is a directory of its own."""

    ends_by = signal.SIGTERM

    def __enter__(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix=f"mailmote-{type(self).__name__.lower()}-"))
        self.work.chmod(0o755)
        self.processes = []
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.send_signal(self.ends_by)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        remove(self.work)

    def start(self):
        """Calls run() and wait_for()."""
        raise NotImplementedError

    def run(self, *command, **environment):
        with open(self.work / "out", "ab") as out:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=self.work,
                                       env={**os.environ, **environment})
        self.processes.append(process)

    def file(self, name, text):
        """Writes it in `work`, and returns its path."""
        path = self.work / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def wait_for(self, port, greeting=b""):
        """Until the last process listens there and says that first."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.processes[-1].poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", port), 1) as connection:
                    if not greeting or connection.makefile("rb").readline().startswith(greeting):
                        return
            except OSError:
                time.sleep(0.02)
        raise CannotRun(f"{type(self).__name__} did not start: {' '.join(self.log()[-800:].split())}")

    def log(self):
        files = sorted([*self.work.glob("*out"), *self.work.glob("log*")])
        return "".join(file.read_text(errors="replace") for file in files)

    def mail_files(self, count):
        """Waits for `count` mails in the mail directory, and returns the files of all that are there."""
        new = self.work / "mail/new"
        end = time.monotonic() + PATIENCE
        while not new.exists() or len(list(new.iterdir())) < count:
            if time.monotonic() > end:
                raise AssertionError(f"fewer than {count} mails were delivered; the log ends:\n{self.log()[-2000:]}")
            time.sleep(0.02)
        return sorted(new.iterdir())


class UnpackedService(Service):
    """Of a `package` that is not installed, but seems so to what run_inside() runs, with its `users` and `groups`."""

    package = ""
    users = []
    groups = []

    def run_inside(self, *command):
        self.run(*command_inside(self.package, self.work, self.users, self.groups, command))


def take(file):
    content = file.read_bytes()
    file.unlink()
    return content
