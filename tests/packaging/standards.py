#!/usr/bin/env python3
"""The core and the ports compile as later C++ too: 20, 23 and the draft of 26, whatever a user's project is set to."""

from common import ROOT, chunks, syntax
from proof import WARNINGS, Compiler, core_sources, finish, in_parallel, run, skip

COMPILERS = [Compiler("gcc", name) for name in ("g++-15", "g++-14", "g++-13", "g++")]
COMPILERS += [Compiler("clang", name) for name in ("clang++-21", "clang++-20", "clang++-19", "clang++-18", "clang++")]
STANDARDS = {"20": ["c++20"], "23": ["c++23", "c++2b"], "26": ["c++26", "c++2c"]}
PORTS = ("posix", "mbedtls", "mailer")


def speaks(compiler, standard):
    return run([compiler.command, f"-std={standard}", "-x", "c++", "-fsyntax-only", "-"], input="").returncode == 0


def choose(names):
    """The first compiler that is installed and knows the standard by one of its names."""
    for compiler in COMPILERS:
        for name in names if compiler.available() else ():
            if speaks(compiler, name):
                return compiler, name
    return None


def sources():
    found = core_sources()
    for port in PORTS:
        found += (ROOT / "port" / port).glob("*.cpp")
    return found + list((ROOT / "port" / "posix" / "host").glob("*.cpp"))


def check(job):
    compiler, name, chunk = job
    include = [ROOT / "include", ROOT / "src", ROOT / "port" / "posix"]
    include += [ROOT / "port" / port / "include" for port in PORTS]
    return syntax([compiler.command, f"-std={name}", *WARNINGS, *(f"-I{path}" for path in include)], chunk)


def main():
    jobs, done = [], []
    for standard, names in STANDARDS.items():
        chosen = choose(names)
        if chosen is None:
            skip(f"no compiler that is installed knows C++{standard}")
            continue
        done.append(f"C++{standard} by {chosen[0].command}")
        jobs += [(*chosen, chunk) for chunk in chunks(sources())]
    finish([problem for problem in in_parallel(check, jobs) if problem], f"{len(sources())} files as {', '.join(done)}")


if __name__ == "__main__":
    main()
