"""A server of the matrix: what it has in common with the others."""

import contextlib
import urllib.parse

from unpacked import unpack

USER, PASSWORD, TOKEN = "pump@example.com", 'pa ss;"w\\#=', "ya29." + 300 * "t"
TRACE = (b"return-path", b"x-original-to", b"delivered-to", b"received", b"envelope-to", b"delivery-date",
         b"authentication-results")


class Subject(contextlib.ExitStack):
    """Started by start() and ended with its `with` block; CannotRun says why not.

    `ports`: of "none", "starttls" and "implicit". `doubtful`: which of these need not work, and what is said then.
    `needs_login`: it takes no mail of somebody it does not know. `client`: the credential that logs in by EXTERNAL.
    `note`: what is to be said of it in the page.
    """

    name = ""
    note = ""
    is_quick = False
    needs_login = False
    doubtful = {}

    def __init__(self, certificates):
        super().__init__()
        self.credential, self.ca = certificates.get("good_ec"), certificates.ca
        self.client = certificates.get("client_ec")
        self.ports = {}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def start(self):
        """Sets `ports`."""
        raise NotImplementedError

    def version(self):
        raise NotImplementedError

    def arrived(self):
        """Waits for a mail, takes it out, and returns its octets as they were sent."""
        raise NotImplementedError


def debian_version(package):
    """Without the epoch."""
    return urllib.parse.unquote(unpack(package).name.split("_", 1)[1]).split(":")[-1]


def without_trace(mail):
    """Of a mail as it was filed, be it with LF for CRLF: without the fields that delivery has put at its top."""
    lines = mail.split(b"\r\n" if b"\r\n" in mail else b"\n")
    first = 0
    while lines[first][:1] in (b" ", b"\t") or lines[first].split(b":")[0].lower() in TRACE:
        first += 1
    return b"\r\n".join(lines[first:])
