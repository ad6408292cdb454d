"""Worst-case stack from GCC's call graphs (-fcallgraph-info=su,da).

Every call is followed. A virtual call or a call through a pointer is found by the text of its source line (INDIRECT)
and goes to every function of that name that was linked; a layer is not entered twice (a message made of a message of
the same class), while the functions that lead into layers (LAYERS) are entered once for each. What cannot be bounded is an error: an unknown indirect call, a cycle, a frame of dynamic size, a
function that is not known here.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

# What a line that makes an indirect call looks like, and the label of what it calls ({} is a group of the match); where
# that depends on who called the function with the line, the caller's label too.
INDIRECT = [
    (r"\b(IoResult|ReadResult) result = (do_read)\(", r"\b{} .*::{}\("),  # a stream's, or a source's
    (r"\b(do_\w+)\(", r"::{}\("),
    (r"\bobserver\w*->(on_\w+)\(", r"::{}\("),
    (r"\bchunking\w*->(\w+)\(", r"ChunkingSteps::{}\("),
    (r"\bdsn->(\w+)\(", r"\bDsn::{}\("),
    (r"\bsecuring_->(\w+)\(", r"SecuringSteps::{}\("),
    (r"\bauth->(\w+)\(", r"Authenticator::{}\("),
    (r"\bplan->(\w+)\(", r"AutoSecurity::{}\("),
    (r"\bclock\.(read)\(", r"\bunix_time\("),
    (r"\brandom(?:_->|\.)(fill)\(", r"\bfill_random\("),
    (r"\bsource_\.(get)\(", r"\bget_token\("),
    (r"\bhash_\.(\w+)\(", r"::{}\((const )?mailmote::ScramContext"),
    (r"\bcompose\(what, ", r"::compose\(const void\*", r"\bAuthenticator::"),
    (r"\bcompose\(what, ", r"::put_credentials\(const void\*", r"\bHttpProxy::"),
    (r"\bcompose\(what, ", r"::write_(octets|identity)\(const void\*", r"\bScramMechanism::"),
]
LAYERS = re.compile(r"\bmailmote::((Stream|BodySource|Proxy)::|write_base64\()")
# Functions of the C library and of libgcc, with what they need at most on the targets here.
EXTERNAL = [(r"mem(cpy|move|set|cmp|chr)|strlen", 16), (r"__aeabi_\w+|__\w+[sd]i3|__gnu_thumb1_case_\w+", 48),
            (r"board_\w+", 0)]


class Unbounded(Exception):
    """The stack cannot be bounded; the text says why."""


@dataclass
class Function:
    name: str  # as the linker knows it
    label: str = ""  # as a person knows it
    frame: int = 0
    dynamic: bool = False
    calls: set = field(default_factory=set)
    indirect: set = field(default_factory=set)  # file:line:column


def plain(title):
    """A static function's title is prefixed with its file; a whole object's constructor (C1) is a part's (C2) here."""
    return re.sub(r"C1(?=E)", "C2", title.rsplit(":", 1)[-1])


def read_graphs(paths):
    functions = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for title, label in re.findall(r'^node: \{ title: "([^"]*)" label: "([^"]*)"', text, re.MULTILINE):
            size = re.search(r"\\n(\d+) bytes \((\w+(?:,\w+)?)\)", label)
            if size:
                function = functions.setdefault(plain(title), Function(plain(title)))
                function.label = label.split("\\n")[0]
                function.frame = max(function.frame, int(size.group(1)))
                function.dynamic |= size.group(2) == "dynamic"
        for source, target, where in re.findall(
                r'^edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"(?: label: "([^"]*)")?', text, re.MULTILINE):
            function = functions.setdefault(plain(source), Function(plain(source)))
            if target == "__indirect_call":
                function.indirect.add(where)
            else:
                function.calls.add(plain(target))
    return functions


class Graph:
    """The call graph of one linked program."""

    def __init__(self, paths, linked):
        """`linked`: names of the functions that the linker kept."""
        self.functions = read_graphs(paths)
        self.linked = linked
        self.lines = {}

    def source_line(self, where):
        file, line, _ = where.rsplit(":", 2)
        if file not in self.lines:
            self.lines[file] = Path(file).read_text(encoding="utf-8").splitlines()
        return self.lines[file][int(line) - 1].strip()

    def indirect_targets(self, where, caller):
        line = self.source_line(where)
        for pattern, target, *callers in INDIRECT:
            match = re.search(pattern, line)
            if match and all(re.search(label, caller) for label in callers):
                wanted = re.compile(target.format(*match.groups()))
                return [function for function in self.functions.values()
                        if function.name in self.linked and wanted.search(function.label)]
        raise Unbounded(f"unknown indirect call at {where}: {line}")

    def worst(self, name, path=()):
        """(octets, the path of functions that needs them), the function's own frame included."""
        if name in path and not LAYERS.search(self.functions[name].label):
            cycle = [self.functions[step].label for step in path[path.index(name):] + (name,)]
            raise Unbounded("a cycle: " + " -> ".join(cycle))
        function = self.functions.get(name)
        if function is None or not function.label:
            return self.external(name), ()
        if function.dynamic:
            raise Unbounded(f"{function.label} has a frame of dynamic size")
        here = path + (name,)
        caller = self.functions[path[-1]].label if path else ""
        best = (0, ())
        for callee in function.calls:
            best = max(best, self.worst(callee, here))
        for where in function.indirect:
            for target in self.indirect_targets(where, caller):
                if target.name not in path and target.name != name:
                    best = max(best, self.worst(target.name, here))
        return best[0] + function.frame, ((function.label, function.frame), *best[1])

    @staticmethod
    def external(name):
        for pattern, octets in EXTERNAL:
            if re.fullmatch(pattern, name):
                return octets
        raise Unbounded(f"unknown function {name}")
