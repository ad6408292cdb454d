#!/usr/bin/env python3
"""Each public header compiles alone, with all warnings as errors: as C++17 and C++20, and mailmote.h as C99 too."""

from pathlib import Path

from proof import CLANG, GCC, ROOT, WARNINGS, finish, in_parallel, only_available, run, skip


def jobs(compilers):
    ports = sorted((ROOT / "port").glob("*/include"))
    for root in [ROOT / "include", *ports]:
        if root.parent.name == "lwip" and not Path("/usr/include/lwip/lwip/init.h").exists():
            skip("lwIP's headers (liblwip-dev) are not installed")
            continue
        for header in sorted(root.rglob("*.h*")):
            for compiler in compilers:
                for language in ("c++17", "c++20"):
                    yield header, root, [compiler.command, "-x", "c++", f"-std={language}"]
                if header.suffix == ".h":
                    c_compiler = {"g++": "gcc", "clang++": "clang"}[compiler.command]
                    yield header, root, [c_compiler, "-x", "c", "-std=c99"]


def compile_alone(job):
    header, root, command = job
    text = f'#include "{header.relative_to(root)}"\n'
    ports = [f"-I{port}" for port in sorted((ROOT / "port").glob("*/include"))]  # who may use whose: layering.py
    result = run([*command, *WARNINGS, f"-I{ROOT / 'include'}", *ports, "-isystem", "/usr/include/lwip",
                  "-isystem", ROOT / "tests" / "support" / "arduino",
                  "-fsyntax-only", "-"], input=text)
    if result.returncode == 0:
        return None
    return f"{header.relative_to(ROOT)} does not compile alone ({' '.join(command)}):\n{result.stderr}"


def main():
    all_jobs = list(jobs(only_available([GCC, CLANG])))
    problems = [problem for problem in in_parallel(compile_alone, all_jobs) if problem]
    finish(problems, f"{len({job[0] for job in all_jobs})} public headers compile alone, {len(all_jobs)} times in all")


if __name__ == "__main__":
    main()
