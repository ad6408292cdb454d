#!/usr/bin/env python3
"""Functions and files stay short, and the core has no forest of #if.

Functions in src, port and cli, in lines of code (no blank lines, no comments): median at most 12, 90 % at most 40, none
over 60. Files: at most 500 lines; mailmote.h and data tables are exempt. src: at most 5 #if per 1,000 lines.
"""

import argparse
import re
import shutil
import statistics
import sys

from proof import ROOT, SKIPPED, finish, is_forward, must_run, skip, without_comments

MEDIAN, P90, LONGEST, FILE = 12, 40, 60, 500
CONDITIONS_PER_1000 = 5
EXEMPT_FILES = {"include/mailmote/mailmote.h": "the whole contract of the C interface"}


def files(*directories):
    return sorted(path for directory in directories for path in (ROOT / directory).rglob("*")
                  if path.suffix in (".hpp", ".cpp", ".h", ".c") and not is_forward(path))


def functions(paths):
    """(lines of code, name, file, first line) of every function; a lambda counts in the one that holds it."""
    listing = must_run(["ctags", "--languages=C,C++", "--map-C++=+.h", "--kinds-C++=f", "--kinds-C=f", "--fields=+ne",
                        "-x", "--_xformat=%{line} %{end} %{name}\t%{input}", *paths])
    code = {}
    for line in listing.splitlines():
        match = re.fullmatch(r"(\d+) (\d+) (.*)\t(.*)", line)
        if not match or match.group(3).startswith("__anon"):
            continue
        first, last, name, file = int(match.group(1)), int(match.group(2)), match.group(3), match.group(4)
        if file not in code:
            with open(file, encoding="utf-8") as source:
                code[file] = without_comments(source.read()).splitlines()
        length = sum(1 for text in code[file][first - 1 : last] if text.strip())
        yield length, name, file, first


def check_functions(problems, longest):
    found = sorted(functions(files("src", "port", "cli")), reverse=True)
    if not found:
        sys.exit("no function was found: is ctags Universal Ctags?")
    lengths = [length for length, *_ in found]
    median, p90 = statistics.median(lengths), sorted(lengths)[int(0.9 * (len(lengths) - 1))]
    if median > MEDIAN:
        problems.append(f"the median function has {median} lines of code, above {MEDIAN}")
    if p90 > P90:
        problems.append(f"one function in ten has more than {p90 - 1} lines of code, above {P90}")
    for length, name, file, first in found:
        if length > LONGEST:
            problems.append(f"{file}:{first}: {name} has {length} lines of code, above {LONGEST}")
    for length, name, file, first in found[:longest]:
        print(f"{length:4} {name} {file}:{first}")
    return f"{len(found)} functions: median {median:g}, p90 {p90}, longest {lengths[0]} lines of code"


def check_files(problems):
    lengths = []
    for path in files("include", "src", "port", "cli", "examples"):
        lengths.append(path.read_text(encoding="utf-8").count("\n"))
        if lengths[-1] > FILE and str(path.relative_to(ROOT)) not in EXEMPT_FILES:
            problems.append(f"{path.relative_to(ROOT)} has {lengths[-1]} lines, above {FILE}")
    return f"{len(lengths)} files: median {statistics.median(lengths):g}, longest {max(lengths)} lines"


def check_conditions(problems):
    """#if, #ifdef and #ifndef other than include guards."""
    lines = conditions = 0
    for path in files("src"):
        text = path.read_text(encoding="utf-8")
        lines += text.count("\n")
        guards = len(re.findall(r"#ifndef (\w+)\n#define \1\b", text)) if path.suffix != ".cpp" else 0
        conditions += len(re.findall(r"^\s*#\s*(?:el)?if", text, re.MULTILINE)) - guards
    if conditions * 1000 > CONDITIONS_PER_1000 * lines:
        problems.append(f"src has {conditions} #if in {lines} lines, above {CONDITIONS_PER_1000} per 1,000")
    return f"{conditions} #if in {lines} lines of src"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=0, metavar="N", help="also list the N longest functions")
    arguments = parser.parse_args()
    if not shutil.which("ctags"):
        skip("ctags (universal-ctags) is not installed")
        sys.exit(SKIPPED)
    problems = []
    summary = [check_functions(problems, arguments.longest), check_files(problems), check_conditions(problems)]
    print("\n".join(summary))
    finish(problems, "all within the limits")


if __name__ == "__main__":
    main()
