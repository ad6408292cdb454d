"""Proxies for the tests: each is started on the loopback interface at a free port and ended with its `with` block.

What keeps one from running here is CannotRun. `users` is a dictionary of passwords; without it nobody has to log in. A
program that is not installed is unpacked.
"""

import grp
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys

from servers import free_port
from service import Service
from unpacked import CannotRun, check_namespaces, program


class Proxy(Service):
    """One program that listens at `port`. `packages`: where it is, and what else it needs."""

    binary = ""
    packages = []

    def __init__(self, users=None):
        self.users = users or {}

    def start(self):
        self.path, self.libraries = program(self.binary, *self.packages)
        self.port = free_port()
        self.start_at(self.port)
        self.wait_for(self.port)

    def start_at(self, port):
        """Calls run_program()."""
        raise NotImplementedError

    def run_program(self, *options, before=()):
        self.run(*before, self.path, *options, **({"LD_LIBRARY_PATH": self.libraries} if self.libraries else {}))


# $1: lines for /etc/passwd, $2: for /etc/shadow; then the command. Nothing of it is seen outside. An sshd of root wants
# a directory that only the start-up of a system makes.
AMONG_OTHER_USERS = """set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
cp -p /etc/passwd /etc/shadow /mnt
echo "$1" >> /mnt/passwd
echo "$2" >> /mnt/shadow
mount --bind /mnt/passwd /etc/passwd
mount --bind /mnt/shadow /etc/shadow
mount -t tmpfs tmpfs /run
mkdir /run/sshd
shift 2
exec "$@"
"""


def among_users(hashes):
    """What to put before a command for which these users are there too, with the hashes of their passwords."""
    check_namespaces()
    passwd = [f"{user}:x:{9100 + number}:65534::/nonexistent:/usr/sbin/nologin" for number, user in enumerate(hashes)]
    shadow = [f"{user}:{secret}:19000:0:99999:7:::" for user, secret in hashes.items()]
    return ["unshare", "-m", "sh", "-c", AMONG_OTHER_USERS, "sh", "\n".join(passwd), "\n".join(shadow)]


class Microsocks(Proxy):
    """SOCKS5."""

    binary = "microsocks"
    packages = ["microsocks"]

    def start_at(self, port):
        login = [word for user, password in self.users.items() for word in ("-u", user, "-P", password)]
        self.run_program("-i", "127.0.0.1", "-p", str(port), *login)


DANTE = """errorlog: stderr
internal: 127.0.0.1 port = {port}
internal: ::1 port = {port}
external: lo
clientmethod: none
socksmethod: {method}
client pass {{
  from: 0/0 to: 0/0
}}
socks block {{
  from: 0/0 to: 127.0.0.2/32
}}
socks pass {{
  from: 0/0 to: 0/0
}}
"""

class Dante(Proxy):
    """SOCKS4 and SOCKS5; users are those of the machine, so that they need root. It refuses 127.0.0.2 by a rule."""

    binary = "danted"
    packages = ["dante-server"]

    def start_at(self, port):
        configuration = self.file("danted.conf", DANTE.format(port=port, method="username" if self.users else "none"))
        hashes = {user: self.hashed(password) for user, password in self.users.items()}
        self.run_program("-f", configuration, "-p", str(self.work / "pid"), "-N", "1",
                         before=among_users(hashes) if hashes else ())

    @staticmethod
    def hashed(password):
        done = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=password, capture_output=True, text=True,
                              check=True)
        return done.stdout.strip()


class SshTunnel(Proxy):
    """ssh -D: SOCKS4, 4a and 5, over an sshd of its own."""

    binary = "sshd"
    packages = ["openssh-server"]

    def start_at(self, port):
        if not shutil.which("ssh"):
            raise CannotRun("ssh is not installed")
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.work / key], check=True)
        server_port = free_port()
        configuration = self.file("sshd_config", f"""ListenAddress 127.0.0.1:{server_port}
HostKey {self.work}/host
AuthorizedKeysFile {self.work}/user.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
""")
        before = among_users({"sshd": "*"}) if os.geteuid() == 0 else ()
        self.run_program("-D", "-e", "-f", configuration, before=before)
        self.wait_for(server_port, b"SSH-")
        self.run("ssh", "-F", "none", "-N", "-D", f"127.0.0.1:{port}", "-p", str(server_port), "-i",
                 str(self.work / "user"), "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o",
                 f"UserKnownHostsFile={self.work}/known", "-o", "IdentitiesOnly=yes", "127.0.0.1")


class Tinyproxy(Proxy):
    """HTTP."""

    binary = "tinyproxy"
    packages = ["tinyproxy-bin"]

    def start_at(self, port):
        lines = ["Listen 127.0.0.1", f"Port {port}", "Allow 127.0.0.1", "Timeout 60", "MaxClients 20"]
        lines += [f"BasicAuth {user} {password}" for user, password in self.users.items()]
        if os.geteuid() == 0:
            lines += ["User nobody", "Group nogroup"]
        self.run_program("-d", "-c", self.file("tinyproxy.conf", "\n".join(lines) + "\n"))


SQUID = """http_port 127.0.0.1:{port}
pid_filename {work}/pid
cache_log {work}/cache-out
access_log none
cache deny all
cache_mem 0
coredump_dir {work}
mime_table {share}/squid/mime.conf
icon_directory {share}/squid/icons
error_directory {share}/squid-langpack/templates
err_page_stylesheet none
shutdown_lifetime 0 seconds
acl forbidden dst 127.0.0.2
http_access deny forbidden
{rules}
http_access deny all
"""

SQUID_LOGIN = """auth_param basic program {python} -u {work}/check.py
auth_param basic children 1 startup=1
auth_param basic realm tests
acl known proxy_auth REQUIRED
http_access allow known"""

SQUID_CHECK = """import sys, urllib.parse
for line in sys.stdin:
    user, _, password = map(urllib.parse.unquote, line.rstrip("\\n").partition(" "))
    print("OK" if {users!r}.get(user) == password else "ERR")
"""


class Squid(Proxy):
    """HTTP. It refuses 127.0.0.2 by a rule."""

    binary = "squid"
    packages = ["squid", "squid-common", "squid-langpack"]
    ends_by = signal.SIGINT  # at once; with SIGTERM it takes its time

    def start_at(self, port):
        self.file("check.py", SQUID_CHECK.format(users=self.users))
        rules = SQUID_LOGIN.format(python=sys.executable, work=self.work) if self.users else "http_access allow all"
        share = pathlib.Path(self.path).parent.parent / "share"
        configuration = self.file("squid.conf", SQUID.format(port=port, work=self.work, rules=rules, share=share))
        if os.geteuid() == 0:
            os.chown(self.work, pwd.getpwnam("proxy").pw_uid, grp.getgrnam("proxy").gr_gid)
        self.run_program("-N", "-n", f"tests{port}", "-f", configuration)


class Ncat(Proxy):
    """HTTP."""

    binary = "ncat"
    packages = ["ncat"]

    def start_at(self, port):
        login = [word for user, password in self.users.items() for word in ("--proxy-auth", f"{user}:{password}")]
        self.run_program("-l", "127.0.0.1", str(port), "--proxy-type", "http", *login)
