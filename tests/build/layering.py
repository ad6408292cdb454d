#!/usr/bin/env python3
"""Who may include whom.

* The core (src/) includes a short list of standard headers, mailmote/* and its own files: no system, no lwIP, no TLS.
* src/wire, src/auth, src/session and the proxy handshakes include neither stream.hpp nor client.hpp.
* A port includes mailmote/*, its own files and its own system's headers; the mailer those of the ports that it joins.
* Public headers (include/) include that same short list and each other.
"""

import re

from proof import ROOT, finish, is_forward, without_comments

CORE_STANDARD = {"array", "cstddef", "cstdint", "cstring", "limits", "new", "optional", "string_view", "type_traits",
                 "utility"}
C_STANDARD = {"stddef.h", "stdint.h", "stdbool.h"}  # for mailmote.h
STREAM_HEADERS = {"mailmote/stream.hpp", "mailmote/client.hpp", "mailmote/mailmote.hpp"}
KNOWS_NO_STREAM = re.compile(r"src/(wire|auth|session)/|src/proxy/(?!proxy_stream)")
FOREIGN = {"posix": r"(netif|mbedtls|psa)/",
           "arduino": r"(sys|netinet|arpa|lwip|netif|psa)/|unistd\.h|netdb\.h|poll\.h",
           "lwip": r"(sys|netinet|arpa|mbedtls|psa)/|unistd\.h|netdb\.h|poll\.h",
           "mbedtls": r"(sys|netinet|arpa|lwip|netif)/|unistd\.h|netdb\.h|poll\.h"}
BUILT_ON = {"mailer": ("posix", "mbedtls"), "arduino": ("mbedtls",)}
SOCKETS = re.compile(r"port/posix/sockets(/|\.hpp$)")  # the one place of that port that knows other systems


def includes(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', text, re.MULTILINE):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def sources(directory):
    return sorted(path for path in (ROOT / directory).rglob("*")
                  if path.suffix in (".hpp", ".cpp", ".h", ".c") and not is_forward(path))


def check_core(path, quote, name):
    relative = str(path.relative_to(ROOT))
    if quote == "<":
        return None if name in CORE_STANDARD else f"<{name}> is not a header that the core may use"
    if name in STREAM_HEADERS and KNOWS_NO_STREAM.match(relative):
        return f"{name} must not be known here"
    if not name.startswith("mailmote/") and not (ROOT / "src" / name).exists():
        return f'"{name}" is not a file of src/ (write it relative to src/)'
    return None


def check_public(path, quote, name):
    if quote == "<":
        allowed = C_STANDARD if path.suffix == ".h" else CORE_STANDARD
        return None if name in allowed else f"<{name}> is not a header that a public header may use"
    return None if (ROOT / "include" / name).exists() else f'"{name}" is not a public header'


def check_port(path, quote, name):
    port = path.relative_to(ROOT / "port").parts[0]
    if re.match(FOREIGN.get(port, "$"), name) or (
            port == "posix" and re.match(r"(lwip|zephyr)/", name) and not SOCKETS.match(str(path.relative_to(ROOT)))):
        return f"{name} is not of this port's system"
    homes = [ROOT / "include" / name, ROOT / "port" / port / name]
    homes += [ROOT / "port" / one / "include" / name for one in (port, *BUILT_ON.get(port, ()))]
    system = quote == "<" or re.match(r"(lwip|netif|mbedtls|psa)/", name)
    return None if system or any(home.exists() for home in homes) else f'"{name}" is neither public nor of this port'


def main():
    problems = []
    count = 0
    for directory, check in (("src", check_core), ("include", check_public), ("port", check_port)):
        for path in sources(directory):
            count += 1
            for line, quote, name in includes(path):
                problem = check(path, quote, name)
                if problem:
                    problems.append(f"{path.relative_to(ROOT)}:{line}: {problem}")
    finish(problems, f"{count} files include only what their layer may")


if __name__ == "__main__":
    main()
