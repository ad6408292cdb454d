"""smtp-server, the npm package."""

import json
import pathlib
import subprocess

from npm_package import fetched
from servers import PATIENCE

PACKAGE, VERSION = "smtp-server", "3.21.6"
SCRIPT = pathlib.Path(__file__).resolve().parent / "node_server.js"


class NodeServer:
    """At `ports["none"]`, `["starttls"]` and `["implicit"]`. `users`: {name: {"password": ..., "token": ...}}."""

    def __init__(self, users, credential):
        self.settings = {"users": users, "cert": credential.file, "key": credential.key}

    def __enter__(self):
        command = ["node", str(SCRIPT), str(fetched(PACKAGE, VERSION)), json.dumps(self.settings)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            self.__exit__()
            raise RuntimeError("smtp-server did not start")
        self.ports = json.loads(line)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def next_mail(self):
        """{"user": who was logged in, "content": a character for each octet} of the mail that was taken next."""
        return json.loads(self.process.stdout.readline())
