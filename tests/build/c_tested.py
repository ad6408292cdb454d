#!/usr/bin/env python3
"""Every function that a header in C declares is called by a test: a program in tests/, but for the fuzz targets, which
check nothing of what comes back."""

import re
from pathlib import Path

from proof import ROOT, finish, without_comments

HEADERS = [*(ROOT / "include").rglob("*.h"), *(ROOT / "port").glob("*/include/**/*.h")]
DECLARED = re.compile(r"^(?!typedef)[\w*][\w *]*?\b(mailmote_\w+)\(", re.MULTILINE)
CALLED = re.compile(r"\b(mailmote_\w+)\b")


def names(pattern, path):
    return set(pattern.findall(without_comments(path.read_text(encoding="utf-8"))))


def tests():
    paths = [*(ROOT / "tests").rglob("*.c"), *(ROOT / "tests").rglob("*.cpp")]
    return [path for path in paths if "fuzz" not in Path(path).relative_to(ROOT).parts]


def main():
    called = set().union(*(names(CALLED, path) for path in tests()))
    declared = {name: path.relative_to(ROOT) for path in sorted(HEADERS) for name in names(DECLARED, path)}
    problems = [f"{path}: no test calls {name}" for name, path in declared.items() if name not in called]
    finish(problems, f"{len(declared)} functions of {len(HEADERS)} headers in C are called by tests")


if __name__ == "__main__":
    main()
