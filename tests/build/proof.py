"""What the build proofs share: the tree, the compilers there are, building the core, and how a proof reports."""

import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = 77  # exit status that ctest shows as "Skipped"

CORE_FLAGS = ["-std=c++17", "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics",
              "-ffunction-sections", "-fdata-sections"]
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wswitch-enum", "-Wundef", "-Werror"]


@dataclass(frozen=True)
class Compiler:
    """A C++ compiler with the flags that choose its target."""

    name: str
    command: str
    flags: tuple = ()
    link_flags: tuple = ()
    prefix: str = ""  # of nm, ar, c++filt

    def available(self):
        return shutil.which(self.command) is not None

    def version(self):
        """Such as "arm-none-eabi-g++ 12.2.1"."""
        return self.command + " " + run([self.command, "-dumpfullversion", "-dumpversion"]).stdout.strip()

    def tool(self, name):
        return self.prefix + name


def _arm(cpu):
    flags = ("-mcpu=" + cpu, "-mthumb")
    return Compiler(cpu, "arm-none-eabi-g++", flags, ("--specs=nano.specs", "--specs=nosys.specs"), "arm-none-eabi-")


def _borrowed_headers():
    """Debian's RISC-V and Xtensa compilers come without C++ headers; the core needs only headers, so ARM's serve."""
    found = sorted(glob.glob("/usr/include/newlib/c++/*/arm-none-eabi/thumb/v7e-m/nofp"))
    return ("-isystem", found[-1].split("/arm-none-eabi")[0], "-isystem", found[-1]) if found else ()


def _riscv():
    flags = ("-march=rv32imc", "-mabi=ilp32", "--specs=picolibc.specs", *_borrowed_headers())
    return Compiler("rv32imc", "riscv64-unknown-elf-g++", flags, (), "riscv64-unknown-elf-")


def _xtensa():
    flags = ("-mlongcalls", "-mtext-section-literals", *_borrowed_headers())
    return Compiler("lx106", "xtensa-lx106-elf-g++", flags, (), "xtensa-lx106-elf-")


GCC = Compiler("gcc", "g++")
CLANG = Compiler("clang", "clang++")
CORTEX_M4 = _arm("cortex-m4")
CORTEX_M0PLUS = _arm("cortex-m0plus")
RV32IMC = _riscv()
LX106 = _xtensa()


def run(command, **options):
    """Runs a command; its output is text, its status the caller's business."""
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)


def must_run(command, **options):
    result = run(command, **options)
    if result.returncode != 0:
        sys.exit(f"failed: {' '.join(str(word) for word in command)}\n{result.stdout}{result.stderr}")
    return result.stdout


def in_parallel(function, items):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))


def is_forward(path):
    """One of the files that tools/forward writes, which only Arduino and PlatformIO see."""
    return path.relative_to(ROOT).parts[:2] in (("src", "mailmote"), ("src", "packages"))


def core_sources():
    return sorted(path for path in (ROOT / "src").rglob("*.cpp") if not is_forward(path))


def compile_file(compiler, source, target, flags):
    """Compiles a C++ file of the tree to an object; ends the proof if that fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    must_run([compiler.command, *compiler.flags, *CORE_FLAGS, f"-I{ROOT / 'include'}", f"-I{ROOT / 'src'}", *flags,
              "-c", source, "-o", target])
    return target


def build_core(compiler, directory, flags):
    """Builds libmailmote.a in `directory`; returns its path and its objects'."""
    directory.mkdir(parents=True, exist_ok=True)

    def compile_one(source):
        name = str(source.relative_to(ROOT / "src")).replace("/", "_")[: -len(".cpp")] + ".o"
        return compile_file(compiler, source, directory / name, flags)

    objects = in_parallel(compile_one, core_sources())
    archive = directory / "libmailmote.a"
    archive.unlink(missing_ok=True)
    must_run([compiler.tool("ar"), "rcs", archive, *objects])
    return archive, objects


def without_comments(text):
    """C++ text without comments; strings stay, and so does every line's number."""
    pattern = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/'

    def replace(match):
        found = match.group(0)
        return "\n" * found.count("\n") if found.startswith(("//", "/*")) else found

    return re.sub(pattern, replace, text, flags=re.DOTALL)


def skip(reason):
    """Says that a part cannot run here."""
    print(f"skipped: {reason}")


def only_available(compilers):
    """Those that are installed; says which are not. Ends the proof as skipped if none is."""
    found = []
    for compiler in compilers:
        if compiler.available():
            found.append(compiler)
        else:
            skip(f"{compiler.command} is not installed")
    if not found:
        sys.exit(SKIPPED)
    return found


def finish(problems, summary):
    """Ends a proof: the problems, one a line, or what was proved."""
    for problem in problems:
        print(f"problem: {problem}")
    if problems:
        sys.exit(f"{len(problems)} problem(s)")
    print(summary)
