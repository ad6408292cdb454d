#!/usr/bin/env python3
"""What must not compile does not, for the reason it should.

Each tests/build/must_fail/*.cpp holds one mistake between `#if MISTAKE` and `#endif` and a line `// says: REGEX`. It
must compile without the mistake and not compile with it, and what the compiler says must match.
"""

import re

from proof import CLANG, CORE_FLAGS, GCC, ROOT, WARNINGS, finish, in_parallel, only_available, run


def compile_with(compiler, source, mistake):
    return run([compiler.command, *CORE_FLAGS, *WARNINGS, f"-DMISTAKE={mistake}", f"-I{ROOT / 'include'}",
                "-fsyntax-only", source])


def check(job):
    compiler, source = job
    where = f"{source.relative_to(ROOT)} with {compiler.command}"
    says = re.search(r"^// says: (.*)$", source.read_text(encoding="utf-8"), re.MULTILINE)
    if not says:
        return f"{where}: there is no line `// says: REGEX`"
    control = compile_with(compiler, source, 0)
    if control.returncode != 0:
        return f"{where}: does not compile even without the mistake:\n{control.stderr}"
    mistake = compile_with(compiler, source, 1)
    if mistake.returncode == 0:
        return f"{where}: compiles, and must not"
    if not re.search(says.group(1), mistake.stderr):
        return f"{where}: fails for another reason than /{says.group(1)}/:\n{mistake.stderr}"
    return None


def main():
    sources = sorted((ROOT / "tests/build/must_fail").glob("*.cpp"))
    compilers = only_available([GCC, CLANG])
    results = in_parallel(check, [(compiler, source) for compiler in compilers for source in sources])
    finish([problem for problem in results if problem],
           f"{len(sources)} mistakes do not compile with {' and '.join(c.command for c in compilers)}")


if __name__ == "__main__":
    main()
