"""Exim, Debian's with GnuTLS, which files what it gets in a mail directory."""

import shutil

from servers import free_port
from service import UnpackedService, take

CONFIGURATION = """
exim_user = Debian-exim
exim_group = Debian-exim
primary_hostname = exim.example.com
spool_directory = {work}/spool
log_file_path = {work}/log-%s
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = {port} : {tls_port}
tls_on_connect_ports = {tls_port}
tls_advertise_hosts = *
tls_certificate = {certificate}
tls_privatekey = {key}
tls_resumption_hosts = *
tls_require_ciphers = NORMAL:-VERS-ALL:{versions}
keep_environment =
host_lookup =
rfc1413_query_timeout = 0s
queue_run_max = 1
acl_smtp_rcpt = take
acl_smtp_data = take_data
chunking_advertise_hosts = *
begin acl
take:
  accept
take_data:
  accept
begin routers
all:
  driver = accept
  transport = keep
begin transports
keep:
  driver = appendfile
  directory = {work}/mail
  maildir_format
  user = Debian-exim
  group = Debian-exim
begin retry
* * F,1h,1m
"""

# For users whose password is in the file; in TLS only.
PASSWORDS = """
cram_md5:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${{readfile{{{password}}}{{}}}}
  server_advertise_condition = ${{if def:tls_in_cipher}}
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{${{readfile{{{password}}}{{}}}}}}}}
  server_advertise_condition = ${{if def:tls_in_cipher}}
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if eq{{$auth2}}{{${{readfile{{{password}}}{{}}}}}}}}
  server_advertise_condition = ${{if def:tls_in_cipher}}
"""

# Debian's Exim has no SCRAM of its own, but asks Dovecot.
SCRAM = """
scram_sha_256:
  driver = dovecot
  public_name = SCRAM-SHA-256
  server_socket = {socket}
  server_set_id = $auth1
  server_advertise_condition = ${{if def:tls_in_cipher}}
"""

# For clients with a certificate of the named subject.
EXTERNAL = """
external:
  driver = external
  public_name = EXTERNAL
  server_param2 = $tls_in_peerdn
  server_condition = ${{if eq{{$auth2}}{{{subject}}}}}
  server_advertise_condition = $tls_in_certificate_verified
"""
VERIFY = """
tls_try_verify_hosts = *
tls_verify_certificates = {ca}
"""


class Exim(UnpackedService):
    """STARTTLS at `port`, TLS from the first octet at `tls_port`; `credential` proves who the server is.

    `password`: anybody may log in with it; None: nobody can. `dovecot`: who is asked about SCRAM. `clients`: the file of
    the CA of clients' certificates, and the subject of the one that may log in with it.
    """

    package = "exim4-daemon-heavy"
    users = ["Debian-exim:x:9001:9001::/nonexistent:/usr/sbin/nologin"]
    groups = ["Debian-exim:x:9001:"]

    def __init__(self, credential, versions="+VERS-TLS1.3:+VERS-TLS1.2", password=None, dovecot=None, clients=None):
        self.credential, self.versions, self.password, self.dovecot = credential, versions, password, dovecot
        self.clients = clients

    def start(self):
        self.port, self.tls_port = free_port(), free_port()
        for name in ("spool", "mail"):
            (self.work / name).mkdir()
            shutil.chown(self.work / name, 9001, 9001)
        shutil.chown(self.work, 9001, 9001)
        self.configure()
        # Exim trusts the configuration at its own place only, and delivers with no other.
        run = 'mkdir -p /etc/exim4 && cp "$1" /etc/exim4/exim4.conf && exec /usr/sbin/exim4 -bdf -q30s'
        self.run_inside("sh", "-c", run, "sh", str(self.work / "conf"))
        self.wait_for(self.port, b"220 ")

    def configure(self):
        """Exim reads the credential as its own user: copies that it owns."""
        files = {"certificate": self.credential.file, "key": self.credential.key}
        for name, file in files.items():
            shutil.copy(file, self.work / name)
            shutil.chown(self.work / name, 9001, 9001)
        text = CONFIGURATION.format(work=self.work, port=self.port, tls_port=self.tls_port, versions=self.versions,
                                    **{name: self.work / name for name in files})
        text += "begin authenticators\n"
        if self.password is not None:
            (self.work / "password").write_text(self.password, encoding="utf-8")
            text += PASSWORDS.format(password=self.work / "password")
        if self.dovecot is not None:
            text += SCRAM.format(socket=self.dovecot.socket)
        if self.clients is not None:
            shutil.copy(self.clients[0], self.work / "ca")
            shutil.chown(self.work / "ca", 9001, 9001)
            text = VERIFY.format(ca=self.work / "ca") + text + EXTERNAL.format(subject=self.clients[1])
        (self.work / "conf").write_text(text)

    def delivered(self):
        """Waits for a mail, takes it out, and returns it with what Exim put before it."""
        return take(self.mail_files(1)[0])
