#!/usr/bin/env python3
"""The code in README.md and docs/*.md is true.

A ```cpp block after a line `<!-- compile: examples/NAME.cpp -->` must be that file or a run of its lines (indentation
apart). Every other ```cpp block must compile, as a whole file or as the inside of a function, with mailmote.hpp,
tls.hpp and the headers of the ports included (lwIP's apart, which need lwIP); a ```c block as C99 with mailmote.h.
"""

import re
import textwrap

from proof import ROOT, finish, in_parallel, run

BLOCK = re.compile(r"^(?:<!-- compile: (?P<file>\S+) -->\n)?```(?P<language>cpp|c)\n(?P<code>.*?)^```$",
                   re.MULTILINE | re.DOTALL)
PORTS = sorted(path for path in (ROOT / "port").glob("*/include") if path.parent.name != "lwip")


def blocks():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        if page.exists():
            text = page.read_text(encoding="utf-8")
            for match in BLOCK.finditer(text):
                line = text.count("\n", 0, match.start("code")) + 1
                yield f"{page.relative_to(ROOT)}:{line}", *match.group("file", "language", "code")


def same_as(name, code):
    path = ROOT / name
    if not path.exists():
        return f"{name} does not exist"
    lines = path.read_text(encoding="utf-8").strip("\n").split("\n")
    wanted = textwrap.dedent(code).strip("\n")
    count = wanted.count("\n") + 1
    for first in range(len(lines) - count + 1):
        if textwrap.dedent("\n".join(lines[first : first + count])) == wanted:
            return None
    return f"the block is not in {name}"


def compiles(language, code):
    if language == "c":
        command, before = ["gcc", "-x", "c", "-std=c99"], '#include "mailmote/mailmote.h"\n'
    else:
        headers = ["mailmote/mailmote.hpp", "mailmote/tls.hpp"]
        headers += [str(path.relative_to(port)) for port in PORTS for path in sorted(port.rglob("*.hpp"))]
        command, before = ["g++", "-x", "c++", "-std=c++17"], "".join(f'#include "{name}"\n' for name in headers)
    command += ["-Wall", "-Wextra", "-Wno-unused", f"-I{ROOT / 'include'}", *(f"-I{port}" for port in PORTS),
                f"-I{ROOT / 'tests' / 'support' / 'arduino'}",
                "-fsyntax-only", "-"]
    file = run(command, input=before + code)
    if file.returncode == 0:
        return None
    body = run(command, input=f"{before}void sample();\nvoid sample() {{\n{code}}}\n")
    return None if body.returncode == 0 else f"compiles neither as a file nor inside a function:\n{body.stderr}"


def check(block):
    where, name, language, code = block
    problem = same_as(name, code) if name else compiles(language, code)
    return f"{where}: {problem}" if problem else None


def main():
    found = list(blocks())
    finish([problem for problem in in_parallel(check, found) if problem], f"{len(found)} code samples are true")


if __name__ == "__main__":
    main()
