"""Exim, Debian's with GnuTLS, which files what it gets in a mail directory."""

import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from servers import PATIENCE, free_port
from unpacked import CannotRun, command_inside, remove, unpack

USERS = ["Debian-exim:x:9001:9001::/nonexistent:/usr/sbin/nologin"]
GROUPS = ["Debian-exim:x:9001:"]

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
AUTHENTICATORS = """
begin authenticators
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


class Exim:
    """STARTTLS at `port`, TLS from the first octet at `tls_port`; `credential` proves who the server is.

    `password`: anybody may log in with it; None: nobody can. `dovecot`: who is asked about SCRAM.
    """

    def __init__(self, credential, versions="+VERS-TLS1.3:+VERS-TLS1.2", password=None, dovecot=None):
        self.credential, self.versions, self.password, self.dovecot = credential, versions, password, dovecot

    def __enter__(self):
        root = unpack("exim4-daemon-heavy")
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="mailmote-exim-"))
        self.work.chmod(0o755)
        try:
            self.start(root)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if hasattr(self, "process"):
            self.process.terminate()
            self.process.wait(PATIENCE)
        remove(self.work)

    def start(self, root):
        self.port, self.tls_port = free_port(), free_port()
        for name in ("spool", "mail"):
            (self.work / name).mkdir()
            shutil.chown(self.work / name, 9001, 9001)
        shutil.chown(self.work, 9001, 9001)
        self.configure()
        # Exim trusts the configuration at its own place only, and delivers with no other.
        run = 'mkdir -p /etc/exim4 && cp "$1" /etc/exim4/exim4.conf && exec /usr/sbin/exim4 -bdf -q30s'
        command = command_inside(root, self.work, USERS, GROUPS, ["sh", "-c", run, "sh", str(self.work / "conf")])
        with open(self.work / "out", "wb") as out:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.wait_for_greeting()

    def configure(self):
        """Exim reads the credential as its own user: copies that it owns."""
        files = {"certificate": self.credential.file, "key": self.credential.key}
        for name, file in files.items():
            shutil.copy(file, self.work / name)
            shutil.chown(self.work / name, 9001, 9001)
        text = CONFIGURATION.format(work=self.work, port=self.port, tls_port=self.tls_port, versions=self.versions,
                                    **{name: self.work / name for name in files})
        if self.password is not None:
            (self.work / "password").write_text(self.password, encoding="utf-8")
            text += AUTHENTICATORS.format(password=self.work / "password")
        if self.dovecot is not None:
            text += SCRAM.format(socket=self.dovecot.socket)
        (self.work / "conf").write_text(text)

    def wait_for_greeting(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise CannotRun(f"Exim did not start: {(self.work / 'out').read_text()[-500:]}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                    if connection.makefile().readline().startswith("220 "):
                        return
            except OSError:
                time.sleep(0.05)
        raise CannotRun(f"Exim does not answer: {self.log()[-500:]}")

    def log(self):
        return "".join(file.read_text(errors="replace") for file in sorted(self.work.glob("log-*")))

    def delivered(self):
        """Waits for a mail, takes it out, and returns it without what Exim put before it."""
        new = self.work / "mail/new"
        end = time.monotonic() + PATIENCE
        while not new.exists() or not list(new.iterdir()):
            if time.monotonic() > end:
                raise AssertionError(f"no mail was delivered; the log ends:\n{self.log()[-2000:]}")
            time.sleep(0.02)
        file = next(new.iterdir())
        mail = file.read_bytes()
        file.unlink()
        return mail
