"""What a run reached of the core, from llvm-cov: lines, both ways of every branch, and the conditions of MC/DC."""

import collections
import json
from dataclasses import dataclass, field

DECISIONS = "MC/DC"
KINDS = ("lines", "branches", DECISIONS)


@dataclass(frozen=True, order=True)
class Place:
    """Something not reached. Named by the text of its line, because line numbers move with every edit."""

    file: str
    line: int
    text: str
    what: str

    def name(self):
        return f"{self.file}: {self.text} | {self.what}"


@dataclass
class File:
    """One file of the core: how much there is and was reached of each kind, and what was not."""

    name: str
    there: collections.Counter = field(default_factory=collections.Counter)
    reached: collections.Counter = field(default_factory=collections.Counter)
    places: list = field(default_factory=list)


def _lines_of(tracefile):
    """{path: {line: count}} of an lcov tracefile."""
    counts, path = collections.defaultdict(dict), ""
    for row in tracefile.splitlines():
        key, _, value = row.partition(":")
        if key == "SF":
            path = value
        elif key == "DA":
            line, count = value.split(",")[:2]
            counts[path][int(line)] = int(count)
    return counts


def _branches_of(exported):
    """{span: [times true, times false]}; the instances of one piece of source are added up."""
    found = collections.defaultdict(lambda: [0, 0])
    for branch in exported["branches"]:
        counts = found[tuple(branch[:4])]
        counts[0] += branch[4]
        counts[1] += branch[5]
    return found


def _decisions_of(exported):
    """{span: [whether each condition, in the order of the source, was shown to decide by itself]}"""
    found = {}
    for decision in exported["mcdc_records"]:
        span, shown = tuple(decision[:4]), decision[-1]
        found[span] = [one or other for one, other in zip(shown, found.get(span, shown))]
    return found


def _inside(span, outer):
    return outer[:2] <= span[:2] and span[2:] <= outer[2:]


class _Reader:
    """Takes one file's figures apart."""

    def __init__(self, name, source):
        self.file = File(name)
        self.source = source
        self.silent = set()  # lines that never ran: nothing more is said about them

    def text(self, span):
        """The source between two places, on one line."""
        lines = self.source[span[0] - 1:span[2]]
        lines[-1] = lines[-1][:span[3] - 1]
        lines[0] = lines[0][span[1] - 1:]
        return " ".join(line.strip() for line in lines)

    def add(self, kind, reached):
        self.file.there[kind] += 1
        self.file.reached[kind] += bool(reached)

    def note(self, line, what):
        place = Place(self.file.name, line, self.source[line - 1].strip(), what)
        if line not in self.silent and place not in self.file.places:
            self.file.places.append(place)

    def take_lines(self, counts):
        run = []  # lines on end that never ran
        for line, count in sorted(counts.items()):
            self.add("lines", count)
            if count == 0:
                run.append(line)
                self.silent.add(line)
            else:
                self.note_lines(run)
                run = []
        self.note_lines(run)

    def note_lines(self, run):
        texts = [text for text in (self.source[line - 1].strip() for line in run) if text != "}"]
        if texts:
            text = texts[0] if len(texts) == 1 else f"{texts[0]} ... {texts[-1]}"
            self.file.places.append(Place(self.file.name, run[0], text, "never runs"))

    def take_branches(self, branches):
        for span, counts in sorted(branches.items()):
            if self.is_complete_switch(span, counts):
                continue
            for count, word in zip(counts, ("true", "false")):
                self.add("branches", count)
                if count == 0:
                    self.note(span[0], f"never {word}: {self.text(span)}")

    def is_complete_switch(self, span, counts):
        """The way past all cases: there is none where a switch names every value, which the compiler checks."""
        return counts[0] == 0 and self.source[span[0] - 1][:span[1] - 1].endswith("switch (")

    def take_decisions(self, decisions, branches):
        for outer, shown in sorted(decisions.items()):
            conditions = sorted(span for span in branches if _inside(span, outer))
            for reached, span in zip(shown, conditions):
                self.add(DECISIONS, reached)
                if not reached and 0 not in branches[span]:
                    self.note(span[0], f"never decides: {self.text(span)}")


def files_of(exported, tracefile, root, wanted):
    """The files whose name below `root` begins with one of `wanted`, from what `llvm-cov export` wrote."""
    lines, files = _lines_of(tracefile), []
    for one in json.loads(exported)["data"][0]["files"]:
        path = one["filename"]
        name = path[len(str(root)) + 1:] if path.startswith(f"{root}/") else ""
        if not name.startswith(wanted):
            continue
        reader = _Reader(name, (root / name).read_text(encoding="utf-8").split("\n"))
        branches = _branches_of(one)
        reader.take_lines(lines[path])
        reader.take_branches(branches)
        reader.take_decisions(_decisions_of(one), branches)
        files.append(reader.file)
    return files
