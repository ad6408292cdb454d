#!/usr/bin/env python3
"""Every source file src/DIR/NAME.cpp has its unit tests in tests/unit/DIR/NAME_test.cpp or tests/unit/NAME_test.cpp."""

from proof import ROOT, core_sources, finish

# A source file, or a directory with a slash: where it is tested instead.
ELSEWHERE = {
    "c_api/": "tests/c_api: programs in C",
    "client/auto_security.cpp": "tests/transcripts/auto.md: what it tries, as dialogues",
    "client/securing.cpp": "tests/transcripts: the dialogues with TLS",
    "session/": "tests/transcripts and tests/sim: whole dialogues, which is what a session is",
}


def main():
    problems = []
    used = set()
    count = 0
    for source in core_sources():
        relative = source.relative_to(ROOT / "src")
        excuse = {str(relative), f"{relative.parent}/"} & ELSEWHERE.keys()
        used |= excuse
        homes = {f"tests/unit/{relative.parent}/{source.stem}_test.cpp", f"tests/unit/{source.stem}_test.cpp"}
        if excuse:
            continue
        count += 1
        if not any((ROOT / home).exists() for home in homes):
            problems.append(f"src/{relative} has no tests/unit/{source.stem}_test.cpp")
    problems += [f"src/{name} does not exist: take it off the list in this script" for name in ELSEWHERE.keys() - used]
    finish(problems, f"{count} source files have their unit tests; elsewhere: {ELSEWHERE}")


if __name__ == "__main__":
    main()
