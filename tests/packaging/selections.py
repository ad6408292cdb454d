#!/usr/bin/env python3
"""What PlatformIO and Arduino would compile compiles: exactly those files, with exactly their include paths.

PlatformIO takes from srcDir what srcFilter chooses, and sees srcDir and includeDir; Arduino takes everything below src/ and
sees src/ alone. Both must choose the core and the TLS stream, the latter empty where a compiler finds no Mbed TLS. Without
writing objects: PlatformIO's for this machine and ARM, Arduino's for RISC-V and Xtensa too. The example sketch is compiled
as Arduino does it.
"""

import json
import re

from common import HERE, ROOT, chunks, syntax
from proof import CORTEX_M0PLUS, CORTEX_M4, GCC, LX106, RV32IMC, core_sources, finish, in_parallel, only_available

SOURCES = {".c", ".cpp", ".S", ".cc", ".cxx"}
FLAGS = ["-std=gnu++17", "-Os", "-fno-exceptions", "-fno-rtti", "-Wall", "-Wextra", "-Werror"]
FAKES = HERE.parent / "support" / "arduino"


def platformio():
    """Its sources and include directories."""
    build = json.loads((ROOT / "library.json").read_text(encoding="utf-8"))["build"]
    base = ROOT / build["srcDir"]
    chosen = set()
    for sign, pattern in re.findall(r"([+-])<([^>]*)>", " ".join(build["srcFilter"])):
        found = {path for match in base.glob(pattern) for path in ([match] if match.is_file() else match.rglob("*"))}
        chosen = chosen | found if sign == "+" else chosen - found
    return {path for path in chosen if path.suffix in SOURCES}, [ROOT / build["includeDir"], base]


def arduino():
    """Its sources and include directories: a library with src/ is compiled recursively."""
    hidden = re.compile(r"/\.")
    found = {path for path in (ROOT / "src").rglob("*") if path.suffix in SOURCES and not hidden.search(str(path))}
    return found, [ROOT / "src"]


def expected():
    tls = {ROOT / "src" / "packages" / "mbedtls" / path.name for path in (ROOT / "port" / "mbedtls").glob("*.cpp")}
    return set(core_sources()) | tls


def compile_job(job):
    name, compiler, include, chunk = job
    problem = syntax([compiler.command, *compiler.flags, *FLAGS, *(f"-I{path}" for path in include)], chunk)
    return f"{name}: {problem}" if problem else None


def check_sketch():
    """Arduino puts its own header before a sketch and compiles the whole as C++."""
    sketch = ROOT / "examples" / "arduino" / "SendMail" / "SendMail.ino"
    command = [GCC.command, *FLAGS, "-DESP32", "-include", "Arduino.h", f"-I{ROOT / 'src'}", f"-I{FAKES}", "-x", "c++"]
    problem = syntax(command, [sketch])
    return [f"{sketch.name}: {problem}"] if problem else []


def main():
    problems, jobs = [], []
    for name, (sources, include), wanted in (("PlatformIO", platformio(), [GCC, CORTEX_M4]),
                                             ("Arduino", arduino(), [GCC, CORTEX_M0PLUS, RV32IMC, LX106])):
        for path in sorted(sources ^ expected()):
            problems.append(f"{name} {'leaves out' if path in expected() else 'takes'} {path.relative_to(ROOT)}")
        compilers = only_available(wanted)
        jobs += [(name, compiler, include, chunk) for compiler in compilers for chunk in chunks(sources)]
    problems += [problem for problem in in_parallel(compile_job, jobs) if problem] + check_sketch()
    finish(problems, f"{len(expected())} files compile as PlatformIO and as Arduino choose them, for "
                     f"{', '.join(sorted({compiler.name for _, compiler, *_ in jobs}))}; so does the sketch")


if __name__ == "__main__":
    main()
