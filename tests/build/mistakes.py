#!/usr/bin/env python3
"""Every test that docs/mistakes.md names exists.

The last column of each table names one test a line (`<br>` between them): a file under tests/ in backticks and, behind it,
the heading of a transcript, Suite.Test of GoogleTest (/case where one case is meant), or the method of a Python test.
A script of tests/build may stand alone.
"""

import re

from proof import ROOT, finish

PAGE = ROOT / "docs" / "mistakes.md"
HEAD = "| mistake | seen in | the test |"


def rows(text):
    """(line number, mistake, where it was seen, tests) of every row."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("|") and line != HEAD and not line.startswith("|---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            yield number, cells


def has_heading(text, name):
    return re.search(rf"^#+ {re.escape(name)}$", text, re.MULTILINE) is not None


def has_test(text, name):
    """GoogleTest: TEST(Suite, Test) and its relatives; a case is a name that the file gives to a parameter."""
    test, _, case = name.partition("/")
    suite, _, function = test.partition(".")
    found = re.search(rf"^(?:TYPED_)?TEST(?:_F|_P)?\({re.escape(suite)}, {re.escape(function)}\)", text, re.MULTILINE)
    return found is not None and (not case or f'{{"{case}"' in text)


def has_method(text, name):
    return re.search(rf"^\s*def {re.escape(name)}\(", text, re.MULTILINE) is not None


def problem_with(item):
    match = re.fullmatch(r"`([\w/]+\.(?:cpp|md|py))`(?: (.+))?", item)
    if not match:
        return f"cannot be read: {item}"
    path, name = ROOT / "tests" / match.group(1), match.group(2)
    if not path.is_file():
        return f"tests/{match.group(1)} does not exist"
    if name is None:
        return None if match.group(1).startswith("build/") else f"names no test: {item}"
    exists = {".md": has_heading, ".cpp": has_test, ".py": has_method}[path.suffix]
    return None if exists(path.read_text(encoding="utf-8"), name) else f"tests/{match.group(1)} has no {name}"


def main():
    problems = []
    mistakes = tests = 0
    for number, cells in rows(PAGE.read_text(encoding="utf-8")):
        where = f"docs/mistakes.md:{number}: "
        if len(cells) != 3 or not all(cells):
            problems.append(where + "a row has three cells: mistake, seen in, the test")
            continue
        items = cells[2].split("<br>")
        mistakes, tests = mistakes + 1, tests + len(items)
        problems += [where + problem for problem in map(problem_with, items) if problem]
    if mistakes == 0:
        problems.append("docs/mistakes.md holds no table")
    finish(problems, f"{mistakes} mistakes are pinned by {tests} tests that exist")


if __name__ == "__main__":
    main()
