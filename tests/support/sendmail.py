"""Sendmail, which files what it gets in a mail directory."""

import shutil

from servers import free_port
from service import UnpackedService, take
from unpacked import check_namespaces, unpack

PACKAGES = ["sendmail-cf", "sendmail-base", "m4", "sasl2-bin", "libsasl2-modules", "libsasl2-modules-db"]
MECHANISMS = "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256"

CONFIGURATION = """
OSTYPE(`debian')dnl
define(`confDOMAIN_NAME', `sendmail.example.com')dnl
define(`ALIAS_FILE', `')dnl
define(`confTO_IDENT', `0')dnl
define(`confSERVER_CERT', `/etc/mail/certificate')dnl
define(`confSERVER_KEY', `/etc/mail/key')dnl
define(`confCACERT', `/etc/mail/certificate')dnl
define(`confCACERT_PATH', `/etc/mail')dnl
define(`confAUTH_MECHANISMS', `{mechanisms}')dnl
define(`confQUEUE_LA', `1000')dnl
define(`confREFUSE_LA', `1000')dnl
define(`confDELAY_LA', `1000')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`promiscuous_relay')dnl
DAEMON_OPTIONS(`Name=MTA, Addr=127.0.0.1, Port={port}')dnl
DAEMON_OPTIONS(`Name=TLSMTA, Addr=127.0.0.1, Port={tls_port}, Modifiers=s')dnl
MAILER_DEFINITIONS
Mkeep, P={work}/keep, F=DFMlns8, U=9003:9003, T=DNS/RFC822/X-Unix, A=keep $u
LOCAL_RULE_0
R$* < @ $* > $*	$#keep $@ here $: $1 @ $2
"""

# Under another name first, so that nobody reads half a mail.
KEEP = """#!/bin/sh
cat > {work}/mail/tmp/$$ && mv {work}/mail/tmp/$$ {work}/mail/new/$$
"""

SASL = """pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: {mechanisms}
"""

# $1: what start() has written; $2, $3, $4: a user's name, domain and password.
RUN = """set -e
cd "$1"
cp certificate key /etc/mail
chmod 600 /etc/mail/key
mkdir -p /etc/sasl2
cp Sendmail.conf /etc/sasl2
printf %s "$4" | saslpasswd2 -p -c -u "$3" "$2"
m4 -D_CF_DIR_=/usr/share/sendmail/cf/ /usr/share/sendmail/cf/m4/cf.m4 conf.mc > /etc/mail/sendmail.cf
exec /usr/libexec/sendmail/sendmail -C /etc/mail/sendmail.cf -bD -q1m -X "$1/log"
"""


class Sendmail(UnpackedService):
    """STARTTLS at `port`, TLS from the first octet at `tls_port`. `user`: an address that may log in."""

    package = "sendmail-bin"
    users = ["smmta:x:9031:9031::/nonexistent:/usr/sbin/nologin", "smmsp:x:9032:9032::/nonexistent:/usr/sbin/nologin",
             "vmail:x:9003:9003::/nonexistent:/usr/sbin/nologin"]
    groups = ["smmta:x:9031:", "smmsp:x:9032:", "vmail:x:9003:"]

    def __init__(self, user, password, credential):
        self.user, self.password, self.credential = user, password, credential

    def start(self):
        check_namespaces()
        unpack("sendmail-bin", *PACKAGES)
        self.port, self.tls_port = free_port(), free_port()
        for place in ("mail", "mail/new", "mail/tmp"):
            (self.work / place).mkdir()
            shutil.chown(self.work / place, 9003, 9003)
        shutil.copy(self.credential.file, self.work / "certificate")
        shutil.copy(self.credential.key, self.work / "key")
        self.file("keep", KEEP.format(work=self.work))
        (self.work / "keep").chmod(0o755)
        self.file("Sendmail.conf", SASL.format(mechanisms=MECHANISMS))
        self.file("conf.mc", CONFIGURATION.format(work=self.work, port=self.port, tls_port=self.tls_port,
                                                  mechanisms=MECHANISMS))
        name, domain = self.user.split("@")
        self.run_inside("sh", "-c", RUN, "sh", str(self.work), name, domain, self.password)
        self.wait_for(self.port, b"220 ")

    def delivered(self):
        """Waits for a mail, takes it out, and returns it with what Sendmail put before it."""
        return take(self.mail_files(1)[0])
