"""CBMC from Debian 13: unpacked, not installed, with the libraries it was built with; so it runs on Debian 12 too."""

import importlib.machinery
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["cbmc", "libc6", "libgcc-s1", "libstdc++6", "minisat", "zlib1g"]


def _module(path):
    """A program whose name has no suffix."""
    loader = importlib.machinery.SourceFileLoader(path.name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(path.name, loader))
    loader.exec_module(module)
    return module


sys.dont_write_bytecode = True
sources = _module(ROOT / "tools" / "sources")


def _fetch(directory):
    """Unpacks the packages into directory/root."""
    with tempfile.TemporaryDirectory(dir=directory, prefix="fetch-") as name:
        work = Path(name)
        command = [*sources.apt(work, "deb"), "-oDir::State::status=/dev/null"]
        sources.say(f"downloading the list of Debian 13's packages (about 10 MB) to {directory}")
        update = subprocess.run([*command, "update"], capture_output=True, text=True, check=False)
        if not any((work / "lists").glob("*Packages*")):
            raise sources.CannotRun(f"apt-get update failed: {update.stderr.strip()[-500:]}")
        sources.announce(PACKAGES, sources.output_of(*command, "download", "--print-uris", *PACKAGES))
        sources.output_of(*command, "download", *PACKAGES, cwd=work)
        for package in work.glob("*.deb"):
            sources.output_of("dpkg-deb", "-x", package, work / "root")
        os.rename(work / "root", directory / "root")


def _check_machine():
    if platform.machine() != "x86_64":
        raise sources.CannotRun(f"CBMC is not tried on {platform.machine()}")
    for tool in ("apt-get", "dpkg-deb", "gcc"):
        if not shutil.which(tool):
            raise sources.CannotRun(f"{tool} is not here")


def provide():
    """Where CBMC lies unpacked; fetched where it is not there yet. Raises CannotRun."""
    _check_machine()
    directory = sources.store().parent / "cbmc"
    directory.mkdir(exist_ok=True)
    with sources.locked(directory, "fetch"):
        if not (directory / "root").exists():
            _fetch(directory)
    return directory / "root"


def run(root, *arguments):
    libraries = f"{root}/usr/lib/x86_64-linux-gnu:{root}/usr/lib"
    loader = [f"{root}/usr/lib64/ld-linux-x86-64.so.2", "--library-path", libraries]
    command = [*loader, f"{root}/usr/bin/cbmc", *arguments]
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
