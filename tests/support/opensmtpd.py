"""OpenSMTPD, which files what it gets in a mail directory."""

import shutil

from servers import free_port
from service import UnpackedService, take
from unpacked import check_namespaces, output_of

CONFIGURATION = """
pki here cert "{work}/certificate"
pki here key "{work}/key"
table users {{ "@" = "vmail" }}
table logins {{ "{user}" = "{hash}" }}
listen on 127.0.0.1 port {port} tls pki here hostname opensmtpd.example.com auth-optional <logins>
listen on 127.0.0.1 port {tls_port} smtps pki here hostname opensmtpd.example.com auth-optional <logins>
action "keep" maildir "{work}/mail" virtual <users>
match from any for any action "keep"
"""


class OpenSmtpd(UnpackedService):
    """STARTTLS at `port`, TLS from the first octet at `tls_port`. `user` may log in, in TLS only."""

    package = "opensmtpd"
    users = ["opensmtpd:x:9021:9021::/var/lib/opensmtpd/empty:/usr/sbin/nologin",
             "opensmtpq:x:9022:9022::/var/lib/opensmtpd/empty:/usr/sbin/nologin",
             "vmail:x:9003:9003::/nonexistent:/bin/sh"]
    groups = ["opensmtpd:x:9021:", "opensmtpq:x:9022:", "vmail:x:9003:"]

    def __init__(self, credential, user, password):
        self.credential, self.user = credential, user
        self.hash = output_of("openssl", "passwd", "-6", password).strip()

    def start(self):
        check_namespaces()
        self.port, self.tls_port = free_port(), free_port()
        for name, file in (("certificate", self.credential.file), ("key", self.credential.key)):
            shutil.copy(file, self.work / name)
            (self.work / name).chmod(0o600)
        (self.work / "mail").mkdir()
        shutil.chown(self.work / "mail", 9003, 9003)
        conf = self.file("conf", CONFIGURATION.format(work=self.work, port=self.port, tls_port=self.tls_port,
                                                      user=self.user, hash=self.hash))
        self.run_inside("/usr/sbin/smtpd", "-d", "-v", "-f", conf)
        self.wait_for(self.port, b"220 ")

    def delivered(self):
        """Waits for a mail, takes it out, and returns it with what OpenSMTPD put before it."""
        return take(self.mail_files(1)[0])
