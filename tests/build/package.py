#!/usr/bin/env python3
"""mailmote can be used by others: installed and found by CMake and by pkg-config, as a subdirectory, by PlatformIO.

Builds and installs into a temporary directory, then builds one small program in each of these ways. library.json is
checked the way PlatformIO reads it: required fields, the same version as CMake's, the files of the core and no others.
"""

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from proof import ROOT, SKIPPED, core_sources, finish, must_run, run, skip

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


def version():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(mailmote VERSION ([\d.]+)", text).group(1)


def consumer(directory, how, target, options=()):
    directory.mkdir()
    (directory / "CMakeLists.txt").write_text(CONSUMER.format(how=how, target=target), encoding="utf-8")
    (directory / "consumer.cpp").write_text(PROGRAM, encoding="utf-8")
    must_run(["cmake", "-S", directory, "-B", directory / "build", "-DCMAKE_BUILD_TYPE=Debug", *options])
    must_run(["cmake", "--build", directory / "build", "--target", "consumer", "--parallel", "2"])
    must_run([directory / "build" / "consumer"])


def check_installed(work, prefix):
    must_run(["cmake", "-S", ROOT, "-B", work / "build", f"-DCMAKE_INSTALL_PREFIX={prefix}", *MINIMAL])
    must_run(["cmake", "--build", work / "build", "--parallel", "2"])
    must_run(["cmake", "--install", work / "build"])
    port = "posix" if list(prefix.rglob("libmailmote_posix.a")) else "mailmote"
    components = "COMPONENTS posix" if port == "posix" else ""
    consumer(work / "found", f"find_package(mailmote {version()} REQUIRED {components})", port,
             [f"-DCMAKE_PREFIX_PATH={prefix}"])
    missing = work / "missing"
    missing.mkdir()
    (missing / "CMakeLists.txt").write_text(
        CONSUMER.format(how="find_package(mailmote REQUIRED COMPONENTS fax)", target="fax"), encoding="utf-8")
    if run(["cmake", "-S", missing, "-B", missing / "build", f"-DCMAKE_PREFIX_PATH={prefix}"]).returncode == 0:
        yield "find_package(mailmote COMPONENTS fax) succeeds"


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


def platformio_sources(manifest):
    """What PlatformIO would compile: its filter's patterns, in their order, relative to srcDir."""
    chosen = set()
    base = ROOT / manifest["build"]["srcDir"]
    for sign, pattern in re.findall(r"([+-])<([^>]*)>", " ".join(manifest["build"]["srcFilter"])):
        found = {path for match in base.glob(pattern) for path in ([match] if match.is_file() else match.rglob("*"))}
        chosen = chosen | found if sign == "+" else chosen - found
    return {path for path in chosen if path.suffix in (".c", ".cpp", ".S")}


def check_platformio():
    manifest = json.loads((ROOT / "library.json").read_text(encoding="utf-8"))
    for field in ("name", "version", "description", "keywords"):
        if not manifest.get(field):
            yield f"library.json has no {field}"
    if manifest["version"] != version():
        yield f"library.json says version {manifest['version']}, CMakeLists.txt {version()}"
    for keyword in manifest["keywords"]:
        if not re.fullmatch(r"[a-z0-9\-_+. ]+", keyword):
            yield f'library.json: "{keyword}" is no keyword'
    if platformio_sources(manifest) != set(core_sources()):
        yield "library.json: srcFilter does not choose the core's sources"
    files = [f"{example['base']}/{file}" for example in manifest["examples"] for file in example["files"]]
    for name in [*manifest["export"]["include"], *files]:
        if not (ROOT / name).exists():
            yield f"library.json names {name}, which does not exist"


def main():
    problems = list(check_platformio())
    if not shutil.which("cmake"):
        skip("cmake is not installed")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(prefix="mailmote-package-") as name:
        work = Path(name)
        prefix = work / "prefix"
        problems += check_installed(work, prefix)
        problems += check_pkg_config(work, prefix)
        consumer(work / "within", f'add_subdirectory("{ROOT}" mailmote)', "mailmote")
    finish(problems, "found by CMake, by pkg-config, as a subdirectory; library.json is sound")


if __name__ == "__main__":
    main()
