"""Builds the core and its tests with counters in the core, runs them, and exports what they counted."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "coverage"
TOOLS = {"clang-19": "clang-19", "clang++-19": "clang-19", "llvm-cov-19": "llvm-19", "llvm-profdata-19": "llvm-19"}
RUNTIME = "libclang-rt-19-dev"
PROGRAMS = {"unit_tests", "transcript_tests", "sim_tests", "emit_messages"}  # and the programs in C
TESTS = "^(unit_tests|transcript_tests|sim_tests|c_api_|message_)"
FLAGS = "-O1 -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc"
COUNTED = "[clang]\ndefault:skip\nsource:*/src/*=allow\nsource:*/include/mailmote/*=allow\n"
SKIPPED = 77


def skip_without_tools():
    missing = {package for tool, package in TOOLS.items() if not shutil.which(tool)}
    if missing:
        print(f"skipped: this needs clang 19: apt-get install {' '.join(sorted(missing | {RUNTIME}))}")
        sys.exit(SKIPPED)


def output_of(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"tools/coverage: failed: {' '.join(map(str, command))}\n{done.stdout[-6000:]}{done.stderr[-2000:]}")
    return done.stdout


def configure():
    BUILD.mkdir(parents=True, exist_ok=True)
    counted = BUILD / "counted.txt"
    if not counted.exists():
        counted.write_text(COUNTED, encoding="utf-8")
    flags = f"{FLAGS} -fprofile-list={counted}"
    output_of("cmake", "-S", ROOT, "-B", BUILD, "-DCMAKE_BUILD_TYPE=Coverage", "-DCMAKE_C_COMPILER=clang-19",
              "-DCMAKE_CXX_COMPILER=clang++-19", f"-DCMAKE_C_FLAGS_COVERAGE={flags}",
              f"-DCMAKE_CXX_FLAGS_COVERAGE={flags}", "-DMAILMOTE_WARNINGS_AS_ERRORS=OFF",
              "-DMAILMOTE_BUILD_EXAMPLES=OFF", "-DMAILMOTE_BUILD_CLI=OFF")


def build():
    in_c = {source.stem for source in (ROOT / "tests/c_api").rglob("*.c")}
    there = set(re.findall(r"^\.\.\. (\S+)", output_of("cmake", "--build", BUILD, "--target", "help"), re.MULTILINE))
    output_of("cmake", "--build", BUILD, "--parallel", os.cpu_count() or 2, "--target",
              *sorted(there & (PROGRAMS | in_c)))


def run_tests():
    profiles = BUILD / "profiles"
    shutil.rmtree(profiles, ignore_errors=True)
    environment = {**os.environ, "LLVM_PROFILE_FILE": f"{profiles}/%p.profraw"}
    output_of("ctest", "--test-dir", BUILD, "--parallel", os.cpu_count() or 2, "--tests-regex", TESTS,
              "--output-on-failure", env=environment)
    output_of("llvm-profdata-19", "merge", "-sparse", *sorted(profiles.glob("*.profraw")), "-o", BUILD / "all.profdata")


def link_all():
    """A program that holds all of the core, so that what no test links counts too."""
    whole = BUILD / "whole"
    output_of("clang++-19", "-fprofile-instr-generate", "-x", "c++", "-", "-x", "none", "-Wl,--whole-archive",
              BUILD / "libmailmote.a", "-Wl,--no-whole-archive", "-o", whole, input="int main() {}\n")
    return whole


def export(layout):
    return output_of("llvm-cov-19", "export", BUILD / "whole", "-instr-profile", BUILD / "all.profdata",
                     f"-format={layout}")


def measure():
    """What llvm-cov exports after a run of all tests: as JSON, and the lines as a tracefile of lcov."""
    configure()
    build()
    run_tests()
    link_all()
    return export("text"), export("lcov")
