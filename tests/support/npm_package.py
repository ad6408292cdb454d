"""Packages of npm: fetched into the cache of unpacked.py once a version, run by Node.js."""

import json
import os
import pathlib
import re
import shutil
import tempfile

import unpacked
from unpacked import CannotRun

LEAST_NODE = 20
OPTIONS = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional",
           "--loglevel=error"]


def check_machine(package):
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            raise CannotRun(f"{package} needs {tool}, which is not here")
    version = unpacked.output_of("node", "--version").strip()
    if int(re.match(r"v(\d+)", version)[1]) < LEAST_NODE:
        raise CannotRun(f"{package} needs Node.js {LEAST_NODE} or later, here is {version}")


def fetched(package, version, versions=None):
    """The package's directory. `versions`: of packages that it needs, where not the newest is to be taken."""
    check_machine(package)
    root = unpacked.cache() / f"{package}_{version}"
    if not root.exists():
        unpacked.cache().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=unpacked.cache()) as beginning:
            prefix = pathlib.Path(beginning) / "root"
            prefix.mkdir()
            wanted = {"dependencies": {package: version}, "overrides": versions or {}}
            (prefix / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
            unpacked.output_of("npm", "install", *OPTIONS, directory=prefix)
            try:
                os.rename(prefix, root)
            except OSError:  # another run was faster
                pass
    return root / "node_modules" / package
