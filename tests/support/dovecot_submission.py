"""Dovecot's submission service, which knows users as dovecot.py has it and hands their mails on to another server."""

from dovecot import Dovecot
from servers import free_port
from unpacked import unpack

SUBMISSION = """
protocols = submission
listen = 127.0.0.1
hostname = dovecot.example.com
first_valid_uid = 1000
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{work}/home/mail
submission_relay_host = 127.0.0.1
submission_relay_port = {relay_port}
service submission-login {{
  inet_listener submission {{
    port = {submission_port}
  }}
  inet_listener submissions {{
    port = {tls_port}
    ssl = yes
  }}
}}
service stats {{
  client_limit = 100
}}
"""


class DovecotSubmission(Dovecot):
    """STARTTLS at `submission_port`, TLS from the first octet at `tls_port`."""

    package = "dovecot-submissiond"

    def __init__(self, passwords, tokens, credential, relay_port):
        super().__init__(passwords, tokens)
        self.credential, self.relay_port = credential, relay_port

    def start(self):
        unpack("dovecot-submissiond", "dovecot-core")
        self.submission_port, self.tls_port = free_port(), free_port()
        super().start()
        self.wait_for(self.submission_port, b"220 ")

    def configuration(self):
        return super().configuration() + SUBMISSION.format(
            work=self.work, certificate=self.credential.file, key=self.credential.key, relay_port=self.relay_port,
            submission_port=self.submission_port, tls_port=self.tls_port)
