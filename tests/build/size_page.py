"""docs/size.md and docs/size.svg, from the figures of tests/build/size_baseline.json."""

from size_measure import PROGRAMS, TYPES

HEADING = """<!-- Written by tools/size --update; change that, not this. -->
# What it costs a device

Octets, by `-Os` and the compilers of Debian 12. *Flash* is text and read-only data that the linker took of mailmote,
*static RAM* its data and bss; *C library* is what was linked besides (`memcpy` and the like, shared with the rest of a
firmware). *Stack* is the worst case below `Client::poll`, its own frame and the program's stream included; the functions of
the board under the stream come on top. Mbed TLS counts nowhere: it comes on top where TLS or a hash is named, and
[memory.md](memory.md) has what it needs. The programs are in [examples/size](../examples/size); `tools/size` measures them
again.

![Flash on a Cortex-M4, by program](size.svg)"""
FEATURES = """
## What a feature adds

To the flash of the program beside it in [examples/size](../examples/size) that lacks the feature. In brackets: to a program
that has another one of the same kind, such as a second way to log in or a second kind of proxy."""
OBJECTS = """
## Objects

Their size in RAM, or in flash where they are constant. What a text or an array refers to is the application's own."""
WIDTH, BAR, LEFT, RIGHT = 760, 20, 190, 70
STYLE = """text { font: 12px sans-serif; fill: #24292f } .size { text-anchor: start } .name { text-anchor: end }
.base { fill: #8c959f } .more { fill: #0969da }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .base { fill: #6e7681 } .more { fill: #4493f8 } }"""


def number(value):
    return "" if value is None else f"{value:,}"


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def table(heading, rows):
    return ["", row(*heading), "|" + "---|" * len(heading), *[row(*cells) for cells in rows]]


def all_targets(baseline):
    """(version of the compiler, target, its figures)."""
    for version, targets in baseline["measured"].items():
        for target, result in targets.items():
            yield version, target, result


def added(program, result):
    programs = result["programs"]
    if program.name not in programs:
        return ""
    text = number(programs[program.name]["text"] - programs[program.base]["text"])
    beside = result.get("next", {}).get(program.name)
    return text if beside is None else f"{text} ({number(beside)})"


def features(results):
    targets = [target for _, target, _ in results]
    rows = [[program.adds, f"`{program.name}`", *[added(program, result) for _, _, result in results]]
            for program in PROGRAMS if program.adds]
    return [FEATURES, *table(["feature", "program", *targets], rows)]


def objects(results):
    targets = [target for _, target, _ in results]
    rows = [[f"`{kind}`", *[number(result["types"].get(kind)) for _, _, result in results]] for kind in TYPES]
    return [OBJECTS, *table(["object", *targets], rows)]


def programs(version, target, result, not_reached):
    rows = [[name, *[number(figures[what]) for what in ("text", "ram", "libc", "stack")]]
            for name, figures in result["programs"].items()]
    lines = ["", f"## {target}", "", f"{version}.",
             *table(["program", "flash", "static RAM", "C library", "stack"], rows)]
    return lines + (["", "Not reached: " + "; ".join(not_reached) + "."] if not_reached else [])


def render(baseline, missed):
    """docs/size.md; `missed(target, result)` are the goals that are not reached."""
    results = list(all_targets(baseline))
    lines = [HEADING, *features(results), *objects(results)]
    for version, target, result in results:
        lines += programs(version, target, result, list(missed(target, result)))
    return "\n".join(lines) + "\n"


def bar(index, name, least, size, scale):
    top = 8 + index * (BAR + 4)
    middle = top + BAR / 2 + 4
    end = LEFT + size * scale
    return (f'<text class="name" x="{LEFT - 8}" y="{middle}">{name}</text>'
            f'<rect class="base" x="{LEFT}" y="{top}" width="{min(least, size) * scale:.1f}" height="{BAR}"/>'
            f'<rect class="more" x="{LEFT + least * scale:.1f}" y="{top}" width="{max(0, size - least) * scale:.1f}" '
            f'height="{BAR}"/>'
            f'<text class="size" x="{end + 6:.1f}" y="{middle}">{size:,}</text>')


def draw(baseline, target="cortex-m4"):
    """docs/size.svg: a bar for each program, what the smallest one needs in another colour."""
    result = next(result for _, name, result in all_targets(baseline) if name == target)
    sizes = {name: figures["text"] for name, figures in result["programs"].items()}
    scale = (WIDTH - LEFT - RIGHT) / max(sizes.values())
    bars = [bar(i, name, sizes["minimal"], size, scale) for i, (name, size) in enumerate(sizes.items())]
    height = 12 + len(bars) * (BAR + 4)
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" role="img">',
                      f"<title>Octets of flash on a {target}, by program</title>", f"<style>{STYLE}</style>", *bars,
                      "</svg>"]) + "\n"
