"""Which mutants make the sample, and what is known of them so far."""

import concurrent.futures
import hashlib
import json
import os

import bench
import source

COUNTED = (bench.KILLED, bench.SURVIVED)


def candidates(root, directories, seed, only=None):
    """The mutants of all files in the order of the sample: each place of a file once, with one of its changes. The
    order depends on nothing but the seed and the mutant, so that an edit elsewhere leaves the sample as it is."""
    found = []
    for path in sorted(path for directory in directories for path in (root / directory).rglob("*.cpp")):
        file = str(path.relative_to(root))
        if only is None or file == only or file.startswith(only.rstrip("/") + "/"):
            found += source.mutants_of(file, path.read_text(encoding="utf-8"))
    found.sort(key=lambda mutant: hashlib.sha256(f"{seed}|{mutant.key}".encode()).digest())
    places = {(mutant.file, mutant.begin): mutant for mutant in reversed(found)}
    return [mutant for mutant in found if places[mutant.file, mutant.begin] is mutant]


class Results:
    """What was tried, in a file that the next run goes on with."""

    def __init__(self, path):
        self.path = path
        self.known = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                key = entry.pop("key")
                self.known[key] = bench.Verdict(**entry)

    def add(self, mutant, verdict):
        self.known[mutant.key] = verdict
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": mutant.key, **verdict._asdict()}) + "\n")

    def forget_survivors(self, but):
        """All except those with the keys `but`."""
        self.known = {key: verdict for key, verdict in self.known.items()
                      if verdict.result != bench.SURVIVED or key in but}

    def sample(self, mutants, count):
        """The first `count` mutants that count, with those before them that do not; and what is still to be tried."""
        tried, open_ones, counted = [], [], 0
        for mutant in mutants:
            if counted + len(open_ones) == count:
                break
            verdict = self.known.get(mutant.key)
            if verdict is None:
                open_ones.append(mutant)
            else:
                tried.append((mutant, verdict))
                counted += verdict.result in COUNTED
        return tried, open_ones


def complete(results, mutants, count, work_bench, say):
    """Tries what is missing, two side by side, and keeps each result at once."""
    workers = min(2, os.cpu_count())
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        names = [f"worker{number}" for number in range(workers)]

        def attempt(mutant):
            name = names.pop()
            try:
                return mutant, work_bench.attempt(mutant, name)
            finally:
                names.append(name)

        while open_ones := results.sample(mutants, count)[1]:
            for mutant, verdict in pool.map(attempt, open_ones):
                results.add(mutant, verdict)
                say(mutant, verdict)
