"""Dovecot as IMAP server over a mail directory, and what it says about the mails in there."""

import contextlib
import imaplib
import re
import time

from servers import PATIENCE, free_port
from service import UnpackedService
from unpacked import unpack

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {work}/run
state_dir = {work}/state
log_path = {work}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{mails}:INDEX=MEMORY:CONTROL={work}/control
first_valid_uid = 1000
passdb {{
  driver = static
  args = password=password
}}
userdb {{
  driver = static
  args = uid=9003 gid=9003 home={work}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  client_limit = 100
}}
"""


class DovecotImap(UnpackedService):
    """`mails`: the mail directory."""

    package = "dovecot-imapd"
    users = ["dovecot:x:9011:9011::/nonexistent:/usr/sbin/nologin", "dovenull:x:9012:9012::/nonexistent:/usr/sbin/nologin",
             "vmail:x:9003:9003::/nonexistent:/usr/sbin/nologin"]
    groups = ["dovecot:x:9011:", "dovenull:x:9012:", "vmail:x:9003:"]

    def __init__(self, mails):
        self.mails = mails

    def start(self):
        unpack("dovecot-imapd", "dovecot-core")
        self.port = free_port()
        (self.work / "control").mkdir()
        (self.work / "control").chmod(0o777)
        conf = self.file("conf", CONFIGURATION.format(work=self.work, mails=self.mails, port=self.port))
        self.run_inside("/usr/sbin/dovecot", "-F", "-c", conf)
        self.wait_for(self.port, b"* OK")

    @contextlib.contextmanager
    def one_mail(self):
        """A client that has selected the only mail, and removes it in the end."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=PATIENCE) as client:
            client.login("vmail", "password")
            end = time.monotonic() + PATIENCE
            while client.select()[1] != [b"1"]:
                if time.monotonic() > end:
                    raise AssertionError(f"Dovecot sees no mail: {self.log()[-2000:]}")
                time.sleep(0.05)
            yield client
            client.store("1", "+FLAGS", "\\Deleted")
            client.expunge()


def fetch(client, number, item):
    """The octets that an item stands for, or its text where it is not a literal."""
    _, data = client.fetch(str(number), f"({item})")
    return data[0][1] if isinstance(data[0], tuple) else data[0]


def body_structure(client, number):
    """As lists: of each multipart its parts and its subtype, of each other part what RFC 9051 lists."""
    _, data = client.fetch(str(number), "(BODYSTRUCTURE)")
    octets = b"".join(b"".join(piece) if isinstance(piece, tuple) else piece for piece in data)
    words = iter(re.findall(rb'\{\d+\}|[()]|"(?:[^"\\]|\\.)*"|[^\s()"]+', octets[octets.index(b"BODYSTRUCTURE") + 13:]))
    next(words)
    return one_list(words)


def one_list(words):
    found = []
    for word in words:
        if word == b")":
            return found
        found.append(one_list(words) if word == b"(" else word.strip(b'"').decode().lower())
    raise ValueError("a list without its end")


def tree(structure):
    """A type, or (subtype, its parts)."""
    if not isinstance(structure[0], list):
        return f"{structure[0]}/{structure[1]}"
    parts = [part for part in structure if isinstance(part, list)]
    count = next(i for i, part in enumerate(structure) if not isinstance(part, list))
    return structure[count], [tree(part) for part in parts[:count]]


def leaves(structure, number=""):
    """(part number, what is said of it) of each part that is not a multipart."""
    if not isinstance(structure[0], list):
        yield number or "1", structure
        return
    count = next(i for i, part in enumerate(structure) if not isinstance(part, list))
    for i, part in enumerate(structure[:count], 1):
        yield from leaves(part, f"{number}.{i}" if number else str(i))
