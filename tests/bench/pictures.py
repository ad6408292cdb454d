"""docs/waits.svg and docs/delivery.svg, from what peers.py measured."""

WIDTH = 760
ROW, BAR = 24, 16
WAITS = {"1 recipient": "One mail", "50 recipients": "One mail to 50 recipients",
         "10 mails on a connection": "10 mails on one connection",
         "STARTTLS (1.3), login": "One mail by STARTTLS with a login"}
NAMES, NUMBER, GAP = 84, 34, 28  # octets of width: a panel's names, its numbers, between two panels
DELIVERY = "STARTTLS (1.3), login"
TRIPS = {"1000": "slow", "200": "mid", "50": "fast"}  # the longest bar below the others
COLUMN = 68
STYLE = """text { font: 12px sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 13px } .name, .size { text-anchor: end } .quiet { fill: #6e7781 }
.ours { font-weight: 600 } .axis { text-anchor: middle; fill: #6e7781; font-size: 11px }
.grid { stroke: #d0d7de } .limit { stroke: #0969da; stroke-dasharray: 2 3 }
.bar { fill: #8c959f } .bar.floor { fill: none; stroke: #8c959f; stroke-dasharray: 3 2 } .bar.mailmote { fill: #0969da }
.slow { fill: #d0d7de } .mid { fill: #8c959f } .fast { fill: #57606a }
.mailmote.slow { fill: #b6daff } .mailmote.mid { fill: #4493f8 } .mailmote.fast { fill: #0550ae }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .quiet, .axis { fill: #9198a1 } .grid { stroke: #30363d }
.limit { stroke: #4493f8 } .bar { fill: #6e7681 } .bar.floor { stroke: #6e7681 } .bar.mailmote { fill: #4493f8 }
.slow { fill: #30363d } .mid { fill: #6e7681 } .fast { fill: #b1bac4 }
.mailmote.slow { fill: #0c2d6b } .mailmote.mid { fill: #1f6feb } .mailmote.fast { fill: #a5d6ff } }"""


def svg(height, title, parts):
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
                      f'viewBox="0 0 {WIDTH} {height}" role="img">', f"<title>{title}</title>",
                      f"<style>{STYLE}</style>", *parts, "</svg>"]) + "\n"


def text(kind, x, y, words):
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{words}</text>'


def line(kind, x, top, bottom):
    return f'<line class="{kind}" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}"/>'


def rect(kind, x, y, width, height):
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" rx="1.5"/>'


def fastest_first(senders):
    """The floor, mailmote, then the others by their waits."""
    first = ["floor", "mailmote"]
    return first + sorted((name for name in senders if name not in first), key=lambda name: senders[name]["waits"])


def name_kind(name):
    return "name ours" if name == "mailmote" else "name quiet" if name == "floor" else "name"


def panel(left, top, width, title, names, senders):
    """A bar for each sender, and where the floor is."""
    waits = {name: senders[name]["waits"] if senders[name] else None for name in names}
    begin = left + NAMES + 8
    scale = (width - NAMES - 8 - NUMBER) / max(filter(None, waits.values()))
    parts = [text("title", begin, top + 12, title)]
    for index, (name, count) in enumerate(waits.items()):
        y = top + 22 + index * ROW
        parts.append(text(name_kind(name), left + NAMES, y + 12.5, name))
        if count is None:
            parts.append(text("quiet", begin, y + 12.5, "–"))
            continue
        parts.append(rect(f"bar {name}", begin, y, count * scale, BAR))
        parts.append(text("ours" if name == "mailmote" else "", begin + count * scale + 6, y + 12.5, count))
    limit = begin + waits["floor"] * scale
    return parts + [line("limit", limit, top + 18, top + 22 + len(names) * ROW - 4)]


def draw_waits(result):
    names = fastest_first(result["cases"]["1 recipient"])
    width, height, head = (WIDTH - GAP) / 2, 22 + len(names) * ROW + 14, 30
    shown = [(case, title) for case, title in WAITS.items() if case in result["cases"]]
    parts = [text("quiet", NAMES + 8, 16, "Round trips until the server has the mail (–: it sends one mail a run)")]
    for index, (case, title) in enumerate(shown):
        left, top = index % 2 * (width + GAP), head + index // 2 * height
        parts += panel(left, top, width, title, names, result["cases"][case])
    rows = (len(shown) + 1) // 2
    return svg(head + rows * height - 6, "Round trips until the server has the mail, by sender", parts)


def axis(begin, scale, most, bottom):
    """A line every so many whole seconds."""
    step = max(1, round(most / 6))
    parts = []
    for seconds in range(0, int(most) + 1, step):
        x = begin + seconds * scale
        parts += [line("grid", x, 26, bottom), text("axis", x, bottom + 15, f"{seconds} s" if seconds else "0")]
    return parts


def heading(right, trips):
    """What the columns, and the colours of the bars, stand for."""
    parts = [text("title", NAMES + 8, 16, "One mail by STARTTLS with a login"),
             text("size quiet", right + 8, 16, "round trip:")]
    for index, (trip, kind) in enumerate(trips):
        x = right + (index + 1) * COLUMN
        parts += [text("size", x, 16, f"{int(trip):,} ms"), rect(kind, x - 40, 21, 40, 4)]
    return parts


def draw_delivery(result):
    senders = {name: known for name, known in result["cases"][DELIVERY].items() if known}
    names, columns = fastest_first(senders), [(trip, TRIPS[trip]) for trip in ("50", "200", "1000")]
    begin, right = NAMES + 8, WIDTH - len(columns) * COLUMN - 8
    most = max(senders[name]["seconds"]["1000"] for name in names)
    scale, bottom = (right - begin) / most, 32 + len(names) * ROW
    parts = [*axis(begin, scale, most, bottom), *heading(right, columns)]
    for index, name in enumerate(names):
        y, seconds = 32 + index * ROW, senders[name]["seconds"]
        parts.append(text(name_kind(name), NAMES, y + 12.5, name))
        parts += [rect(f"{name} {kind}", begin, y, seconds[trip] * scale, BAR) for trip, kind in TRIPS.items()]
        parts += [text("size ours" if name == "mailmote" else "size", right + (i + 1) * COLUMN, y + 12.5,
                       f"{seconds[trip]:.2f} s") for i, (trip, _) in enumerate(columns)]
    return svg(bottom + 24, "Seconds until a mail is delivered, by sender and round trip", parts)
