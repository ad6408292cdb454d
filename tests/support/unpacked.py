"""Servers from Debian packages that are unpacked, not installed, because mail servers conflict with one another.

Each runs in mount and host-name namespaces of its own, where the package's files lie over the machine's. Needs root.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time


class CannotRun(Exception):
    """Why a server cannot be started on this machine."""


# $1: the package's root, $2: a working directory, $3 and $4: lines for /etc/passwd and /etc/group; then the command.
ENTER = """set -e
root=$1 work=$2 passwd=$3 group=$4
shift 4
mount --make-rprivate /
mount -t tmpfs tmpfs "$work/layers"
for part in usr etc var; do
  mkdir -p "$root/$part" "$work/layers/$part/upper" "$work/layers/$part/work"
  mount -t overlay overlay -o \
    "lowerdir=$root/$part:/$part,upperdir=$work/layers/$part/upper,workdir=$work/layers/$part/work" "/$part"
done
mount -t tmpfs tmpfs /run
hostname tests.example.com
echo "$passwd" >> /etc/passwd
echo "$group" >> /etc/group
exec "$@"
"""


def cache():
    """Where packages are kept: the environment variable MAILMOTE_CACHE, or a place in the user's home."""
    default = pathlib.Path.home() / ".cache/mailmote"
    return pathlib.Path(os.environ.get("MAILMOTE_CACHE") or default)


def output_of(*command, directory=None):
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotRun(f"`{' '.join(command)}` failed: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def libraries_to_add(file):
    """The libraries that a package depends on and that are not installed here."""
    depends = output_of("dpkg-deb", "-f", file, "Depends").split(",")
    names = [part.split("|")[0].split("(")[0].strip() for part in depends]
    installed = output_of("dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n").splitlines()
    return [name for name in names if name.startswith("lib") and f"installed {name}" not in installed]


def fetch(package, directory):
    """Downloads a package into `directory` and returns its file."""
    output_of("apt-get", "download", package, directory=directory)
    return str(next(pathlib.Path(directory).glob(f"{package}_*.deb")))


def check_machine():
    if os.geteuid() != 0:
        raise CannotRun("a mount namespace needs root")
    for tool in ("apt-get", "apt-cache", "dpkg-deb", "dpkg-query", "unshare"):
        if not shutil.which(tool):
            raise CannotRun(f"{tool} is not here")
    if subprocess.run(["unshare", "-m", "-u", "true"], capture_output=True, check=False).returncode != 0:
        raise CannotRun("this machine allows no mount namespace")


def unpack(package):
    """The root of a package with the libraries that this machine lacks. Downloaded once for each version."""
    check_machine()
    versions = [line.split(":", 1)[1].strip() for line in output_of("apt-cache", "show", package).splitlines()
                if line.startswith("Version:")]
    root = cache() / f"{package}_{versions[0].replace(':', '%3a')}"
    if root.exists():
        return root
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as beginning:
        main = fetch(package, beginning)
        for file in [main, *[fetch(library, beginning) for library in libraries_to_add(main)]]:
            output_of("dpkg-deb", "-x", file, f"{beginning}/root")
        try:
            os.rename(f"{beginning}/root", root)
        except OSError:  # another run was faster
            pass
    return root


def remove(directory):
    """Also while the last process of a server is still writing there."""
    for _ in range(100):
        shutil.rmtree(directory, ignore_errors=True)
        if not directory.exists():
            return
        time.sleep(0.05)
    shutil.rmtree(directory)


def command_inside(root, work, users, groups, command):
    """What to run so that `command` sees the package installed and these users and groups."""
    (work / "layers").mkdir()
    return ["unshare", "-m", "-u", "sh", "-c", ENTER, "sh", str(root), str(work), "\n".join(users), "\n".join(groups),
            *command]
