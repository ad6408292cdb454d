"""Servers from Debian packages that are unpacked, not installed: mail servers conflict with one another, and others are
started by being installed.

Some programs run where they are unpacked, by any user. Others run in mount and host-name namespaces of their own, where
the package's files lie over the machine's; that needs root.
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


def libraries_to_add(packages):
    """The libraries that would be installed along with the packages."""
    plan = output_of("apt-get", "install", "--simulate", "--no-install-recommends", *packages).splitlines()
    names = [line.split()[1] for line in plan if line.startswith("Inst lib")]
    return [name for name in names if name not in packages]


def fetch(package, directory):
    """Downloads a package into `directory` and returns its file."""
    output_of("apt-get", "download", package, directory=directory)
    return str(next(pathlib.Path(directory).glob(f"{package}_*.deb")))


def check_namespaces():
    if os.geteuid() != 0:
        raise CannotRun("a mount namespace needs root")
    if not shutil.which("unshare"):
        raise CannotRun("unshare is not here")
    if subprocess.run(["unshare", "-m", "-u", "true"], capture_output=True, check=False).returncode != 0:
        raise CannotRun("this machine allows no mount namespace")


def unpack(package, *others):
    """The root of packages with the libraries that this machine lacks. Downloaded once a version of the first one."""
    for tool in ("apt-get", "apt-cache", "dpkg-deb"):
        if not shutil.which(tool):
            raise CannotRun(f"{tool} is not here")
    versions = [line.split(":", 1)[1].strip() for line in output_of("apt-cache", "show", package).splitlines()
                if line.startswith("Version:")]
    root = cache() / f"{package}_{versions[0].replace(':', '%3a')}"
    if root.exists():
        return root
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as beginning:
        packages = [package, *others]
        for one in [*packages, *libraries_to_add(packages)]:
            output_of("dpkg-deb", "-x", fetch(one, beginning), f"{beginning}/root")
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


def command_inside(package, work, users, groups, command):
    """What to run so that `command` sees the package installed and these users and groups."""
    check_namespaces()
    (work / "layers").mkdir()
    return ["unshare", "-m", "-u", "sh", "-c", ENTER, "sh", str(unpack(package)), str(work), "\n".join(users),
            "\n".join(groups), *command]


def program(name, package, *others):
    """(path, LD_LIBRARY_PATH) of a program: the machine's, else that of its package, unpacked."""
    here = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if here:
        return here, ""
    root = unpack(package, *others)
    found = [root / place / name for place in ("usr/bin", "usr/sbin") if (root / place / name).exists()]
    if not found:
        raise CannotRun(f"the package {package} has no {name}")
    return str(found[0]), ":".join(map(str, [*root.glob("usr/lib/*-linux-*"), *root.glob("lib/*-linux-*")]))
