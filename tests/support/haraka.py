"""Haraka, the npm package, which files what it gets in a mail directory."""

import json
import pathlib
import shutil

from npm_package import fetched
from servers import free_port
from service import Service, take

PACKAGE, VERSION = "Haraka", "3.3.4"
NEEDED = {"encoding-japanese": "2.2.0", "libqp": "2.1.1"}
PLUGIN = pathlib.Path(__file__).resolve().parent / "haraka_plugin.js"
# Lines of 998 octets with their CRLF and a dot before them; its default breaks them.
SHORT_LINES, LONG_LINES = "data_line_length=992", "data_line_length=1001"
SMTP = """listen=127.0.0.1:{port},127.0.0.1:{tls_port}
smtps_port={tls_port}
nodes=0
"""


class Haraka(Service):
    """STARTTLS at `port`, TLS from the first octet at `tls_port`. `passwords`: of each user."""

    def __init__(self, passwords, credential):
        self.passwords, self.credential = passwords, credential

    def start(self):
        package = fetched(PACKAGE, VERSION, NEEDED)
        self.port, self.tls_port = free_port(), free_port()
        self.configure(package)
        self.run("node", str(package / "bin/haraka"), "-c", str(self.work))
        self.wait_for(self.port, b"220 ")

    def configure(self, package):
        for place in ("config", "plugins", "mail/new", "mail/tmp"):
            (self.work / place).mkdir(parents=True)
        shutil.copy(package / "config/log.ini", self.work / "config")
        connection = (package / "config/connection.ini").read_text(encoding="utf-8")
        self.file("config/connection.ini", connection.replace(SHORT_LINES, LONG_LINES))
        shutil.copy(self.credential.file, self.work / "config/tls_cert.pem")
        shutil.copy(self.credential.key, self.work / "config/tls_key.pem")
        shutil.copy(PLUGIN, self.work / "plugins/keep.js")
        self.file("config/smtp.ini", SMTP.format(port=self.port, tls_port=self.tls_port))
        self.file("config/plugins", "tls\nkeep\n")
        self.file("config/me", "haraka.example.com\n")
        self.file("config/tls.ini", "")
        self.file("config/keep.json", json.dumps({"passwords": self.passwords, "mail": str(self.work / "mail")}))

    def delivered(self):
        """Waits for a mail, takes it out, and returns it with what Haraka put before it."""
        return take(self.mail_files(1)[0])
