#!/usr/bin/env python3
"""A program in C, examples/c, is linked by the C compiler alone: the library needs no C++ run-time library."""

import tempfile
from pathlib import Path

from proof import CLANG, GCC, ROOT, WARNINGS, build_core, finish, only_available, run

C_COMPILERS = {"g++": "gcc", "clang++": "clang"}


def check(compiler, level, directory):
    archive = build_core(compiler, directory, [level])[0]
    command = [C_COMPILERS[compiler.command], "-std=c99", level, *WARNINGS, f"-I{ROOT / 'include'}",
               *sorted((ROOT / "examples" / "c").glob("*.c")), archive, "-o", directory / "program"]
    result = run(command)
    if result.returncode != 0:
        yield f"{compiler.name} {level}:\n{result.stderr}"


def main():
    problems = []
    compilers = only_available([GCC, CLANG])
    for compiler in compilers:
        for level in ("-O0", "-Os"):
            with tempfile.TemporaryDirectory(prefix="mailmote-c-link-") as directory:
                problems += check(compiler, level, Path(directory))
    finish(problems, f"examples/c links without a C++ library: {', '.join(c.name for c in compilers)}, -O0 and -Os")


if __name__ == "__main__":
    main()
