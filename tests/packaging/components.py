#!/usr/bin/env python3
"""mailmote is a component of ESP-IDF and a module of Zephyr.

Neither is needed: small projects in esp_idf/ and zephyr/ define the CMake functions that the two lend, and the headers that
the sockets port takes from Zephyr. What would be built is compiled without writing objects, and an application sees the headers
and the configuration. Without TLS, and with the module off, it is only configured.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from common import HERE, ROOT, run
from proof import SKIPPED, finish, skip

LWIP = Path("/usr/include/lwip")
MBEDTLS = Path("/usr/include")


def build(work, system, compile_it, **variables):
    """Configures, and compiles if asked to; None, or what is wrong."""
    name = "-".join([system, *(f"{key}-{value}" for key, value in variables.items())])
    options = [f"-D{key}={value}" for key, value in variables.items()]
    configured = run(["cmake", "-S", HERE / system, "-B", work / name, f"-DMAILMOTE_ROOT={ROOT}",
                      f"-DLWIP_INCLUDE_DIR={LWIP}", f"-DMBEDTLS_INCLUDE_DIR={MBEDTLS}", *options])
    if configured.returncode != 0:
        return f"{name}: {configured.stderr}"
    if not compile_it:
        return None
    made = run(["cmake", "--build", work / name, "--parallel", "2"])
    return None if made.returncode == 0 else f"{name}: {made.stdout[-2000:]}{made.stderr[-2000:]}"


def check_requirements():
    """They are there before there is a configuration."""
    said = run(["cmake", f"-DMAILMOTE_ROOT={ROOT}", "-P", HERE / "esp_idf" / "requirements.cmake"]).stderr
    return None if "requires: lwip;mbedtls" in said else f"ESP-IDF: without a configuration: {said}"


def main():
    if not shutil.which("cmake"):
        skip("cmake is not installed")
        sys.exit(SKIPPED)
    tls = "ON"
    if not (MBEDTLS / "mbedtls" / "ssl.h").exists():
        skip("Mbed TLS's headers (libmbedtls-dev) are not installed: the components are built without TLS")
        tls = "OFF"
    problems = []
    with tempfile.TemporaryDirectory(prefix="mailmote-components-") as name:
        work = Path(name)
        if (LWIP / "lwip" / "init.h").exists():
            problems += [check_requirements(), build(work, "esp_idf", True, CONFIG_MAILMOTE_TLS=tls),
                         build(work, "esp_idf", False, CONFIG_MAILMOTE_TLS="OFF")]
        else:
            skip("lwIP's headers (liblwip-dev) are not installed: no component of ESP-IDF")
        problems += [build(work, "zephyr", True, CONFIG_MAILMOTE="ON", CONFIG_MAILMOTE_TLS=tls),
                     build(work, "zephyr", False, CONFIG_MAILMOTE="ON", CONFIG_MAILMOTE_TLS="OFF"),
                     build(work, "zephyr", False, CONFIG_MAILMOTE="OFF")]
    finish([problem for problem in problems if problem], "a component of ESP-IDF and a module of Zephyr")


if __name__ == "__main__":
    main()
