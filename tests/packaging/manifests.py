#!/usr/bin/env python3
"""The manifests say what their tools want to hear, and all of them the same.

library.json (PlatformIO), library.properties (Arduino), idf_component.yml (ESP-IDF), zephyr/module.yml (Zephyr): required
fields, their syntax and lengths, the version of CMakeLists.txt; what they name exists. The files that are written for
Arduino and PlatformIO are as tools/forward would write them.
"""

import json
import re

from common import ROOT, run, version
from proof import finish

ARDUINO_CATEGORIES = {"Display", "Communication", "Signal Input/Output", "Sensors", "Device Control", "Timing",
                      "Data Storage", "Data Processing", "Other"}
ARDUINO_FIELDS = {"name": r"[A-Za-z0-9][\w .\-]{0,31}", "version": r"\d+\.\d+\.\d+", "author": ".+", "maintainer": ".+",
                  "sentence": ".{1,200}", "paragraph": ".+", "category": ".+", "url": r"https?://\S+",
                  "architectures": r"[\w,*]+", "includes": r"\S+\.h", "license": "MIT"}
PLATFORMIO_FIELDS = {"name": r"[^:;/,@<>]{1,50}", "version": r"\d+\.\d+\.\d+", "description": ".{1,255}",
                     "license": "MIT"}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def check_fields(name, found, wanted):
    for field, pattern in wanted.items():
        if not isinstance(found.get(field), str) or not re.fullmatch(pattern, found[field]):
            yield f"{name}: {field} is {found.get(field)!r}"
    if found.get("version") != version():
        yield f"{name} says version {found.get('version')}, CMakeLists.txt {version()}"


def check_platformio():
    manifest = json.loads(text_of("library.json"))
    yield from check_fields("library.json", manifest, PLATFORMIO_FIELDS)
    for keyword in manifest["keywords"]:
        if not re.fullmatch(r"[a-z0-9\-_+. ]+", keyword):
            yield f'library.json: "{keyword}" is no keyword'
    files = [f"{example['base']}/{file}" for example in manifest["examples"] for file in example["files"]]
    for name in [*manifest["export"]["include"], *files]:
        if not (ROOT / name).exists():
            yield f"library.json names {name}, which does not exist"
    for header in manifest["headers"]:
        if not any((ROOT / home / header).exists() for home in ("include", "src")):
            yield f"library.json names the header {header}, which does not exist"


def check_arduino():
    lines = text_of("library.properties").splitlines()
    fields = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    yield from check_fields("library.properties", fields, ARDUINO_FIELDS)
    if fields["category"] not in ARDUINO_CATEGORIES:
        yield f"library.properties: there is no category {fields['category']}"
    if not (ROOT / "src" / fields["includes"]).is_file():
        yield "library.properties: Arduino finds a library by a header right in src/; the one in includes= is not there"
    if any(path.is_symlink() for path in (ROOT / "src").rglob("*")):
        yield "src/ has symbolic links, which Arduino's library manager refuses"


def check_yaml():
    """The few keys that count; a whole reader of YAML is not worth a dependency."""
    component = dict(re.findall(r'^(\w+): "(.*)"$', text_of("idf_component.yml"), re.MULTILINE))
    yield from check_fields("idf_component.yml", component, {"version": r"\d+\.\d+\.\d+", "description": ".+"})
    module = text_of("zephyr/module.yml")
    if not re.search(r"^name: mailmote$", module, re.MULTILINE):
        yield "zephyr/module.yml does not say its name"
    for key, name in re.findall(r"^  (cmake|kconfig): (\S+)$", module, re.MULTILINE):
        if not (ROOT / name).exists():
            yield f"zephyr/module.yml: {key} names {name}, which does not exist"


def check_kconfig():
    """Both know the same options, with the defaults and ranges of config.hpp."""
    config = text_of("include/mailmote/config.hpp")
    default = re.search(r"#define MAILMOTE_REPLY_TEXT (\d+)", config).group(1)
    least, most = re.search(r"kReplyTextSize >= (\d+) && kReplyTextSize <= (\d+)", config).groups()
    for name in ("Kconfig", "zephyr/Kconfig"):
        option = text_of(name).split("config MAILMOTE_REPLY_TEXT", 1)[1]
        if f"default {default}" not in option or f"range {least} {most}" not in option:
            yield f"{name}: MAILMOTE_REPLY_TEXT is not as in config.hpp"


def main():
    forward = run([ROOT / "tools" / "forward", "--check"])
    problems = forward.stdout.splitlines()
    for check in (check_platformio, check_arduino, check_yaml, check_kconfig):
        problems += check()
    finish(problems, "library.json, library.properties, idf_component.yml, zephyr/module.yml and both Kconfig are sound")


if __name__ == "__main__":
    main()
