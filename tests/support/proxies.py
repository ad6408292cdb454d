"""Proxies for the tests: each is started on the loopback interface at a free port and ended with its `with` block.

Each class says by why_not() what keeps it from running here; None: nothing. What shows only later is CannotRun. `users`
is a dictionary of passwords; without it nobody has to log in.
"""

import grp
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from servers import PATIENCE, free_port
from unpacked import CannotRun


def program(name):
    """Its path; those of administrators are not in everybody's PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


class Proxy:
    """One process that listens at `port`."""

    binary = ""
    package = ""
    ends_by = signal.SIGTERM

    def __init__(self, users=None):
        self.users = users or {}

    @classmethod
    def why_not(cls):
        return None if program(cls.binary) else f"{cls.binary} (package {cls.package}) is not installed"

    def __enter__(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="mailmote-proxy-"))
        os.chmod(self.work, 0o755)
        self.port = free_port()
        self.processes = []
        try:
            self.start()
            self.wait_until_it_listens(self.port)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.send_signal(self.ends_by)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.work)

    def start(self):
        """Calls run()."""
        raise NotImplementedError

    def run(self, *command):
        with open(self.work / "out", "ab") as out:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=self.work)
        self.processes.append(process)

    def file(self, name, text):
        path = self.work / name
        path.write_text(text)
        return str(path)

    def log(self):
        return "".join(file.read_text(errors="replace")[-800:] for file in sorted(self.work.glob("*out")))

    def wait_until_it_listens(self, port):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.processes[-1].poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise CannotRun(f"{self.binary} did not start: {' '.join(self.log().split())}")


class Microsocks(Proxy):
    """SOCKS5."""

    binary = package = "microsocks"

    def start(self):
        login = [word for user, password in self.users.items() for word in ("-u", user, "-P", password)]
        self.run(program("microsocks"), "-i", "127.0.0.1", "-p", str(self.port), *login)


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

# $1: lines for /etc/passwd, $2: for /etc/shadow; then the command. Nothing of it is seen outside.
AMONG_OTHER_USERS = """set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
cp -p /etc/passwd /etc/shadow /mnt
echo "$1" >> /mnt/passwd
echo "$2" >> /mnt/shadow
mount --bind /mnt/passwd /etc/passwd
mount --bind /mnt/shadow /etc/shadow
shift 2
exec "$@"
"""


class Dante(Proxy):
    """SOCKS4 and SOCKS5; users are those of the machine, so that they need root. It refuses 127.0.0.2 by a rule."""

    binary = "danted"
    package = "dante-server"

    def start(self):
        method = "username" if self.users else "none"
        configuration = self.file("danted.conf", DANTE.format(port=self.port, method=method))
        command = [program("danted"), "-f", configuration, "-p", str(self.work / "pid"), "-N", "1"]
        self.run(*(self.among_users(command) if self.users else command))

    @staticmethod
    def why_no_users():
        return None if os.geteuid() == 0 else "logging in to danted needs root"

    def among_users(self, command):
        passwd, shadow = [], []
        for number, (user, password) in enumerate(self.users.items()):
            hashed = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=password, capture_output=True,
                                    text=True, check=True)
            secret = hashed.stdout.strip()
            passwd.append(f"{user}:x:{9100 + number}:65534::/nonexistent:/usr/sbin/nologin")
            shadow.append(f"{user}:{secret}:19000:0:99999:7:::")
        return ["unshare", "-m", "sh", "-c", AMONG_OTHER_USERS, "sh", "\n".join(passwd), "\n".join(shadow), *command]


# An sshd of root wants a directory that only the system's start-up makes.
WITH_OWN_RUN = """set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir /run/sshd
exec "$@"
"""


class SshTunnel(Proxy):
    """ssh -D: SOCKS4, 4a and 5, over an sshd of its own."""

    binary = "sshd"
    package = "openssh-server"

    def start(self):
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
        own_run = ["unshare", "-m", "sh", "-c", WITH_OWN_RUN, "sh"] if os.geteuid() == 0 else []
        self.run(*own_run, program("sshd"), "-D", "-e", "-f", configuration)
        self.wait_until_it_listens(server_port)
        self.run("ssh", "-F", "none", "-N", "-D", f"127.0.0.1:{self.port}", "-p", str(server_port), "-i",
                 str(self.work / "user"), "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o",
                 f"UserKnownHostsFile={self.work}/known", "-o", "IdentitiesOnly=yes", "127.0.0.1")


class Tinyproxy(Proxy):
    """HTTP."""

    binary = package = "tinyproxy"

    def start(self):
        lines = ["Listen 127.0.0.1", f"Port {self.port}", "Allow 127.0.0.1", "Timeout 60", "MaxClients 20"]
        lines += [f"BasicAuth {user} {password}" for user, password in self.users.items()]
        if os.geteuid() == 0:
            lines += ["User nobody", "Group nogroup"]
        self.run(program("tinyproxy"), "-d", "-c", self.file("tinyproxy.conf", "\n".join(lines) + "\n"))


SQUID = """http_port 127.0.0.1:{port}
pid_filename {work}/pid
cache_log {work}/cache-out
access_log none
cache deny all
cache_mem 0
coredump_dir {work}
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

    binary = package = "squid"
    ends_by = signal.SIGINT  # at once; with SIGTERM it takes its time

    def start(self):
        self.file("check.py", SQUID_CHECK.format(users=self.users))
        rules = SQUID_LOGIN.format(python=sys.executable, work=self.work) if self.users else "http_access allow all"
        configuration = self.file("squid.conf", SQUID.format(port=self.port, work=self.work, rules=rules))
        if os.geteuid() == 0:
            os.chown(self.work, pwd.getpwnam("proxy").pw_uid, grp.getgrnam("proxy").gr_gid)
        self.run(program("squid"), "-N", "-n", f"tests{self.port}", "-f", configuration)


class Ncat(Proxy):
    """HTTP."""

    binary = package = "ncat"

    def start(self):
        login = [word for user, password in self.users.items() for word in ("--proxy-auth", f"{user}:{password}")]
        self.run(program("ncat"), "-l", "127.0.0.1", str(self.port), "--proxy-type", "http", *login)
