#!/usr/bin/env python3
"""mailmote can be used by others: installed and found by CMake and by pkg-config, as a subdirectory, by FetchContent.

Builds and installs into a temporary directory, then builds one small program in each of these ways.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from common import ROOT, run, version
from proof import SKIPPED, finish, must_run, skip

MINIMAL = ["-DMAILMOTE_BUILD_TESTS=OFF", "-DMAILMOTE_BUILD_CLI=OFF", "-DMAILMOTE_BUILD_EXAMPLES=OFF",
           "-DCMAKE_BUILD_TYPE=Debug"]
PROGRAM = """
#include "mailmote/mailmote.hpp"
int main() { return mailmote::name(mailmote::Status::ok) == "ok" ? 0 : 1; }
"""
CONSUMER = """
cmake_minimum_required(VERSION 3.16...3.31)
project(consumer LANGUAGES CXX)
{how}
add_executable(consumer consumer.cpp)
target_link_libraries(consumer PRIVATE mailmote::{target})
"""
FETCH = """
include(FetchContent)
FetchContent_Declare(mailmote SOURCE_DIR "{root}")
FetchContent_MakeAvailable(mailmote)
if(TARGET contract_tests OR TARGET mailmote_cli)
  message(FATAL_ERROR "tests or the program are built for others")
endif()
"""


def configure(directory, how, target, options=()):
    directory.mkdir()
    (directory / "CMakeLists.txt").write_text(CONSUMER.format(how=how, target=target), encoding="utf-8")
    (directory / "consumer.cpp").write_text(PROGRAM, encoding="utf-8")
    return ["cmake", "-S", directory, "-B", directory / "build", "-DCMAKE_BUILD_TYPE=Debug", *options]


def consumer(directory, how, target, options=()):
    must_run(configure(directory, how, target, options))
    must_run(["cmake", "--build", directory / "build", "--target", "consumer", "--parallel", "2"])
    must_run([directory / "build" / "consumer"])


def check_installed(work, prefix):
    must_run(["cmake", "-S", ROOT, "-B", work / "build", f"-DCMAKE_INSTALL_PREFIX={prefix}", *MINIMAL])
    must_run(["cmake", "--build", work / "build", "--parallel", "2"])
    must_run(["cmake", "--install", work / "build"])
    port = "posix" if list(prefix.rglob("libmailmote_posix.a")) else "mailmote"
    components = "COMPONENTS posix" if port == "posix" else ""
    found = [f"-DCMAKE_PREFIX_PATH={prefix}"]
    consumer(work / "found", f"find_package(mailmote {version()} REQUIRED {components})", port, found)
    for name, wish in (("fax", "COMPONENTS fax"), ("newer", "99.0")):
        if run(configure(work / name, f"find_package(mailmote {wish} REQUIRED)", "mailmote", found)).returncode == 0:
            yield f"find_package(mailmote {wish}) succeeds"


def check_pkg_config(work, prefix):
    if not shutil.which("pkg-config"):
        skip("pkg-config is not installed")
        return
    directory = next(prefix.rglob("mailmote.pc")).parent
    for module in sorted(path.stem for path in directory.glob("*.pc")):
        result = run(["pkg-config", "--cflags", "--libs", "--static", module],
                     env={"PKG_CONFIG_PATH": str(directory), "PATH": "/usr/bin:/bin"})
        if result.returncode != 0:
            yield f"pkg-config {module}: {result.stderr}"
            continue
        source = work / "pkg.cpp"
        source.write_text(PROGRAM, encoding="utf-8")
        must_run(["g++", "-std=c++17", source, *result.stdout.split(), "-o", work / "pkg"])
        must_run([work / "pkg"])


def main():
    if not shutil.which("cmake"):
        skip("cmake is not installed")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(prefix="mailmote-package-") as name:
        work = Path(name)
        prefix = work / "prefix"
        problems = [*check_installed(work, prefix), *check_pkg_config(work, prefix)]
        must_run(configure(work / "within", f'add_subdirectory("{ROOT}" mailmote)', "mailmote"))
        consumer(work / "fetched", FETCH.format(root=ROOT), "mailmote")
    finish(problems, "found by CMake and by pkg-config; a subdirectory; fetched by FetchContent")


if __name__ == "__main__":
    main()
