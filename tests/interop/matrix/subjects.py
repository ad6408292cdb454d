"""The servers of the matrix."""

import importlib.metadata
import importlib.util

from dovecot import Dovecot
from dovecot_submission import DovecotSubmission
from exim import Exim
from haraka import VERSION as HARAKA_VERSION
from haraka import Haraka
from node_server import NodeServer
from node_server import VERSION as NODE_VERSION
from opensmtpd import OpenSmtpd
from postfix import Postfix
from sendmail import Sendmail
from servers import Sink
from subject import PASSWORD, TOKEN, USER, Subject, debian_version, without_trace
from unpacked import CannotRun

POSTFIX_SASL = """
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{port}
smtpd_sasl_security_options = noanonymous
"""


class OnService(Subject):
    """From the Debian `package`; `server` has the ports `port` and `tls_port`, and delivered() with a trace."""

    package = ""

    def start(self):
        self.server = self.enter_context(self.server_to_start())
        self.ports = {"none": self.server.port, "starttls": self.server.port, "implicit": self.server.tls_port}

    def server_to_start(self):
        raise NotImplementedError

    def version(self):
        return debian_version(self.package)

    def arrived(self):
        return without_trace(self.server.delivered())


class OnPostfix(OnService):
    name = "Postfix"
    package = "postfix"
    is_quick = True

    def server_to_start(self):
        users = self.enter_context(Dovecot({USER: PASSWORD}, {USER: TOKEN}))
        return Postfix(more=POSTFIX_SASL.format(port=users.port), credential=self.credential)

    def arrived(self):
        mail, = self.server.delivered()
        return without_trace(mail)


class OnExim(OnService):
    name = "Exim"
    package = "exim4-daemon-heavy"
    is_quick = True

    def server_to_start(self):
        users = self.enter_context(Dovecot({USER: PASSWORD}, {}))
        return Exim(self.credential, password=PASSWORD, dovecot=users, clients=(self.ca, "CN=" + self.client.subject))


class OnSendmail(OnService):
    name = "Sendmail"
    package = "sendmail-bin"

    def server_to_start(self):
        return Sendmail(USER, PASSWORD, self.credential)


class OnOpenSmtpd(OnService):
    name = "OpenSMTPD"
    package = "opensmtpd"
    doubtful = dict.fromkeys(("starttls", "implicit"), "its handshake fails")
    note = "Debian 12's version ends every TLS handshake with an alert: it cannot use its key with OpenSSL 3. And it " \
           "offers AUTH in TLS only."

    def server_to_start(self):
        return OpenSmtpd(self.credential, USER, PASSWORD)


def check_aiosmtpd():
    if importlib.util.find_spec("aiosmtpd") is None:
        raise CannotRun("aiosmtpd is not installed")


class OnDovecot(Subject):
    name = "Dovecot submission"
    note = "It hands the mails on to an aiosmtpd, where they are compared."
    is_quick = True
    needs_login = True

    def start(self):
        check_aiosmtpd()
        self.sink = self.enter_context(Sink())
        self.server = self.enter_context(DovecotSubmission({USER: PASSWORD}, {USER: TOKEN}, self.credential,
                                                           self.sink.port))
        self.ports = {"none": self.server.submission_port, "starttls": self.server.submission_port,
                      "implicit": self.server.tls_port}
        self.count = 0

    def version(self):
        return debian_version("dovecot-submissiond")

    def arrived(self):
        self.count += 1
        return without_trace(self.sink.message(self.count))


class OnAiosmtpd(Subject):
    name = "aiosmtpd"
    is_quick = True
    needs_login = True

    def start(self):
        check_aiosmtpd()
        login = ["--login", f"{USER}:{PASSWORD}"]
        secure = ["--certificate", self.credential.file, "--key", self.credential.key, "--tls"]
        self.sinks = {mode: self.enter_context(Sink(*login, *([] if mode == "none" else [*secure, mode])))
                      for mode in ("none", "starttls", "implicit")}
        self.counts = dict.fromkeys(self.sinks, 0)
        self.ports = {mode: sink.port for mode, sink in self.sinks.items()}

    def version(self):
        return importlib.metadata.version("aiosmtpd")

    def arrived(self):
        new = [mode for mode, sink in self.sinks.items() if sink.count() > self.counts[mode]]
        assert len(new) == 1, f"new mails at {new}"
        self.counts[new[0]] += 1
        return self.sinks[new[0]].message(self.counts[new[0]])


class OnNode(Subject):
    name = "smtp-server"
    needs_login = True

    def start(self):
        users = {USER: {"password": PASSWORD, "token": TOKEN}}
        self.server = self.enter_context(NodeServer(users, self.credential))
        self.ports = self.server.ports

    def version(self):
        return NODE_VERSION

    def arrived(self):
        return self.server.next_mail()["content"].encode("latin-1")


class OnHaraka(OnService):
    name = "Haraka"

    def server_to_start(self):
        return Haraka({USER: PASSWORD}, self.credential)

    def version(self):
        return HARAKA_VERSION


SUBJECTS = [OnPostfix, OnExim, OnSendmail, OnOpenSmtpd, OnDovecot, OnAiosmtpd, OnNode, OnHaraka]
