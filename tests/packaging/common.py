"""What the checks of the packages share: the build proofs' tools, the version, and compiling lists of files."""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "build"))
from proof import ROOT, run  # noqa: E402

HERE = Path(__file__).resolve().parent
MUCH = 3000  # characters of what a compiler has to say; the first ones tell it all


def version():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(mailmote VERSION ([\d.]+)", text).group(1)


def chunks(items):
    """As many as there are processors."""
    items = sorted(items)
    count = os.cpu_count()
    return [chunk for chunk in (items[i::count] for i in range(count)) if chunk]


def syntax(command, sources):
    """Compiles without writing objects: None, or what is wrong."""
    result = run([*command, "-fsyntax-only", *sources])
    return None if result.returncode == 0 else f"{' '.join(str(word) for word in command)}:\n{result.stderr[:MUCH]}"
