"""Postfix, which files what it gets in a mail directory."""

import shutil

from servers import free_port
from service import UnpackedService, take

MAIN = """
compatibility_level = 3.6
maillog_file = {work}/log
maillog_file_prefixes = {work}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = postfix.example.com
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
mynetworks = 127.0.0.1/32
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{ {refusals} }}, permit_mynetworks, reject
smtpd_delay_reject = no
virtual_mailbox_domains = example.com
virtual_mailbox_base = {work}
virtual_mailbox_maps = static:mail/
virtual_uid_maps = static:9003
virtual_gid_maps = static:9003
message_size_limit = {size}
mailbox_size_limit = 0
virtual_mailbox_limit = 0
disable_vrfy_command = yes
{more}
"""

TLS = """
smtpd_tls_chain_files = {key}, {certificate}
smtpd_tls_security_level = may
smtpd_tls_loglevel = 1
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_protocols = >=TLSv1.2
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
postlog unix-dgram n - n - 1 postlogd
tlsmgr unix - - n 1000? 1 tlsmgr
"""

SMTPS = """
127.0.0.1:{port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
"""


class Postfix(UnpackedService):
    """`refusals`: what to say to an address. `more`: further lines of main.cf.

    `credential`: the Credential for STARTTLS at `port` and for TLS from the first octet at `tls_port`; None: no TLS.
    """

    package = "postfix"
    users = ["postfix:x:9001:9001::/nonexistent:/usr/sbin/nologin",
             "vmail:x:9003:9003::/nonexistent:/usr/sbin/nologin"]
    groups = ["postfix:x:9001:", "postdrop:x:9002:", "vmail:x:9003:"]

    def __init__(self, refusals=None, size=10000000, more="", credential=None):
        self.refusals = refusals or {}
        self.size = size
        self.more = more
        self.credential = credential

    def start(self):
        self.port = free_port()
        self.configure()
        (self.work / "mail").mkdir()
        shutil.chown(self.work / "mail", 9003, 9003)
        run = 'chown postfix /var/lib/postfix && postfix -c "$1" check && exec /usr/lib/postfix/sbin/master -c "$1" -d'
        self.run_inside("sh", "-c", run, "sh", str(self.work / "conf"))
        self.wait_for(self.port, b"220 ")

    def configure(self):
        refusals = ", ".join(f"{{ {address} = {reply} }}" for address, reply in self.refusals.items())
        conf = self.work / "conf"
        conf.mkdir()
        main = MAIN.format(work=self.work, size=self.size, more=self.more,
                           refusals=refusals or "{ nobody@invalid = DUNNO }")
        master = MASTER.format(port=self.port)
        if self.credential:
            self.tls_port = free_port()
            main += TLS.format(key=self.credential.key, certificate=self.credential.file)
            master += SMTPS.format(port=self.tls_port)
        (conf / "main.cf").write_text(main)
        (conf / "master.cf").write_text(master)

    def delivered(self, count=1):
        """Waits for `count` mails, takes all that are there, and returns them without what Postfix put before them."""
        return [without_trace(take(file)) for file in self.mail_files(count)]


def without_trace(mail):
    """Without the fields that delivery has put at the top: Return-Path, X-Original-To, Delivered-To, Received."""
    lines = mail.split(b"\n")
    added = (b"Return-Path:", b"X-Original-To:", b"Delivered-To:", b"Received:", b"\t", b" ")
    first = next(i for i, line in enumerate(lines) if not line.startswith(added))
    return b"\n".join(lines[first:])
