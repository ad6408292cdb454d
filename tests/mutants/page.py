"""The summary of a run, docs/mutants.md, and what was judged by hand."""

import collections
import tomllib

import bench

LEAST = 90  # percent that must be killed
VERDICTS = ("equivalent", "accepted")


def judgements(path):
    """Reads judged.toml: the key of a mutant, and its entry."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    return {f"{entry['file']}|{entry['original']}|{entry['mutated']}|{entry.get('occurrence', 1)}": entry
            for entry in entries}


def problems(tried, judged, all_keys):
    """What keeps the gate shut."""
    found = []
    counted = [verdict for _, verdict in tried if verdict.result in (bench.KILLED, bench.SURVIVED)]
    killed = sum(verdict.result == bench.KILLED for verdict in counted)
    if not counted or killed * 100 < LEAST * len(counted):
        found.append(f"{killed} of {len(counted)} killed: below {LEAST} %")
    found += [f"{mutant.file}:{mutant.line}: a survivor that nobody judged: {mutant.original} -> {mutant.mutated}"
              for mutant, verdict in tried if verdict.result == bench.SURVIVED and mutant.key not in judged]
    for key, entry in judged.items():
        if key not in all_keys:
            found.append(f"judged.toml: {entry['file']} has no such mutant any more: {entry['original']}")
        if entry.get("verdict") not in VERDICTS or not entry.get("reason"):
            found.append(f"judged.toml: {entry['original']}: a verdict ({' or '.join(VERDICTS)}) and a reason")
    return found


def table(tried, judged, directories):
    rows = {directory: collections.Counter() for directory in [*directories, "all"]}
    for mutant, verdict in tried:
        for row in (next(name for name in directories if mutant.file.startswith(name + "/")), "all"):
            rows[row][verdict.result] += 1
            if verdict.result == bench.SURVIVED and mutant.key in judged:
                rows[row][judged[mutant.key]["verdict"]] += 1
    yield "| directory | mutants | killed | survived | of these equivalent | accepted |"
    yield "|---|---|---|---|---|---|"
    for name, row in rows.items():
        all_of_them = row[bench.KILLED] + row[bench.SURVIVED]
        share = f" ({row[bench.KILLED] / all_of_them:.1%})" if all_of_them else ""
        yield (f"| {name} | {all_of_them} | {row[bench.KILLED]}{share} | {row[bench.SURVIVED]} | {row['equivalent']} | "
               f"{row['accepted']} |")


def killers(tried):
    counted = collections.Counter(verdict.stage for _, verdict in tried if verdict.result == bench.KILLED)
    return [f"| {stage} | {number} |" for stage, number in counted.most_common()]


def code(text):
    """As Markdown's code in a table."""
    return "`` " + text.replace("|", "\\|") + " ``"


def survivors(tried, judged):
    for mutant, verdict in sorted(tried):
        if verdict.result == bench.SURVIVED:
            entry = judged.get(mutant.key, {"verdict": "not judged", "reason": ""})
            yield (f"| {mutant.file} | {code(mutant.original)} | {code(mutant.mutated)} | "
                   f"{entry['verdict']}: {entry['reason']} |")


def page(tried, judged, directories, seed):
    results = collections.Counter(verdict.result for _, verdict in tried)
    counted = results[bench.KILLED] + results[bench.SURVIVED]
    return "\n".join([
        "# Mutants: do the tests notice a mistake?",
        "",
        f"Written by `tools/mutants`. It drew {counted} places of the sources at random (seed {seed}), changed each in",
        "turn in a copy of its file, compiled that, and ran the tests until one failed. A comparison or a logical or",
        "arithmetical operator became another, an integer one more or less, `true` became `false`; a `!`, a call, an",
        "assignment or a guarded `return` was left out. A mutant that no test noticed has survived and was judged by",
        "hand in `tests/mutants/judged.toml`: *equivalent*, when no run can show the difference, or *accepted*.",
        "",
        f"Not counted: {results[bench.SAME]} mutants whose object, compiled with -O2, is that of the original, and",
        f"{results[bench.UNBUILDABLE]} that the compiler refused; others were drawn for them. Code in headers and what",
        "stands in strings, characters and assertions is not changed.",
        "",
        *table(tried, judged, directories),
        "",
        "| killed by | mutants |",
        "|---|---|",
        *killers(tried),
        "",
        "## Survivors",
        "",
        "| file | original | mutant | judged |",
        "|---|---|---|---|",
        *survivors(tried, judged),
        "",
    ])


def summary(tried, judged, directories):
    """For the terminal."""
    lines = list(table(tried, judged, directories))
    for mutant, verdict in sorted(tried):
        if verdict.result == bench.SURVIVED:
            entry = judged.get(mutant.key)
            lines.append(f"{mutant.file}:{mutant.line}: {mutant.original}  ->  {mutant.mutated}"
                         + (f"  ({entry['verdict']})" if entry else "  (NOT JUDGED)"))
    return "\n".join(lines)
