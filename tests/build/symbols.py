#!/usr/bin/env python3
"""The objects of the core need nothing but mem* and the compiler's own arithmetic.

Built at -O0 and -Os, libmailmote.a may leave undefined only what is listed below: no heap, exceptions, RTTI, stdio,
locale or assert can hide in it. Neither the core nor the programs of examples/size (a static client and a stream of the
application's own) may have a .init_array or .ctors section or refer to __cxa_*: nothing runs before main.
"""

import argparse
import re
import tempfile
from pathlib import Path

from proof import (CLANG, CORTEX_M0PLUS, CORTEX_M4, GCC, LX106, ROOT, RV32IMC, build_core, compile_file, finish, must_run,
                   only_available)

ALLOWED = re.compile(r"""
    mem(cpy|move|set|cmp|chr) | bcmp | strlen
  | _GLOBAL_OFFSET_TABLE_
  | __aeabi_(mem(cpy|move|set|clr)[48]? | u?idiv(mod)? | u?ldivmod | lmul | l(lsl|lsr|asr))   # ARM's arithmetic
  | __gnu_thumb1_case_\w+
  | __(u?div|u?mod|mul|ashl|ashr|lshr)[sd]i3 | __(clz|bswap)[sd]i2                            # libgcc's arithmetic
  | __riscv_(save|restore)_\d+
""", re.VERBOSE)
APPLICATION_TOO = re.compile(r"_Z\w*8mailmote\w* | board_\w+", re.VERBOSE)
RUNS_BEFORE_MAIN = re.compile(r"\.(init_array|ctors|preinit_array)\b")


def symbols(compiler, files, *options):
    """Names that nm lists, each with where."""
    found = {}
    here = ""
    for line in must_run([compiler.tool("nm"), *options, *files]).splitlines():
        if line.endswith(":"):
            here = line[:-1]
        elif line.split():
            found.setdefault(line.split()[-1], here or str(files[0]))
    return found


def check_undefined(compiler, objects, allowed, where):
    defined = symbols(compiler, objects, "--defined-only")
    for name, file in symbols(compiler, objects, "--undefined-only").items():
        if name not in defined and not any(pattern.fullmatch(name) for pattern in allowed):
            yield f"{where}: {Path(file).name} needs {name}"


def check_nothing_before_main(compiler, objects, where):
    headers = must_run([compiler.tool("objdump"), "-h", *objects])
    here = ""
    for line in headers.splitlines():
        if ":     file format" in line:
            here = Path(line.split(":")[0]).name
        elif RUNS_BEFORE_MAIN.search(line):
            yield f"{where}: {here} has a section {line.split()[1]}"
    for name, file in symbols(compiler, objects, "--undefined-only").items():
        if name.startswith("__cxa_"):
            yield f"{where}: {Path(file).name} refers to {name}"


def check(compiler, level, directory):
    where = f"{compiler.name} {level}"
    objects = build_core(compiler, directory / "core", [level])[1]
    yield from check_undefined(compiler, objects, [ALLOWED], where)
    yield from check_nothing_before_main(compiler, objects, where)
    for source in sorted((ROOT / "examples" / "size").glob("*.cpp")):
        program = compile_file(compiler, source, directory / (source.stem + ".o"), [level])
        yield from check_undefined(compiler, [program], [ALLOWED, APPLICATION_TOO], where)
        yield from check_nothing_before_main(compiler, [program], where)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", action="store_true", help="only g++ and clang++ for this machine")
    parser.add_argument("--cross", action="store_true", help="only the cross compilers")
    arguments = parser.parse_args()
    host = [] if arguments.cross else [GCC, CLANG]
    cross = [] if arguments.host else [CORTEX_M4, CORTEX_M0PLUS, RV32IMC, LX106]
    compilers = only_available(host + cross)
    problems = []
    for compiler in compilers:
        for level in ("-O0", "-Os"):
            with tempfile.TemporaryDirectory(prefix="mailmote-symbols-") as directory:
                problems += check(compiler, level, Path(directory))
    finish(problems, "no heap, exceptions, RTTI, stdio, locale or start-up code: "
           + ", ".join(compiler.name for compiler in compilers) + ", -O0 and -Os")


if __name__ == "__main__":
    main()
