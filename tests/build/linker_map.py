"""Reads a GNU ld map: which input sections were kept, how large they are and which archive's member they come from."""

import re
from dataclasses import dataclass
from pathlib import Path

FLASH = re.compile(r"\.(text|rodata|srodata|ARM\.exidx|ARM\.extab|init_array|literal)\b")
RAM = re.compile(r"\.(data|bss|sdata|sbss|tdata|tbss)\b|COMMON")
CONTRIBUTION = re.compile(r" (?P<section>[.\w$*]\S*)?\s+0x[0-9a-f]+\s+0x(?P<size>[0-9a-f]+) (?P<file>\S.*)")


@dataclass(frozen=True)
class Piece:
    section: str
    size: int
    file: str  # path/libx.a(member.o) or path/object.o

    @property
    def archive(self):
        """Such as "libmailmote.a"; "" for an object that was named itself."""
        return Path(self.file.split("(")[0]).name if "(" in self.file else ""

    @property
    def symbol(self):
        """The function or object, where it has a section of its own."""
        match = re.match(r"\.(?:text|rodata|srodata|data|bss|sdata|sbss)\.(.+)", self.section)
        return match.group(1) if match else ""


def pieces(path):
    """The pieces that were linked. Debug and attribute sections have no address and are left out."""
    text = path.read_text(encoding="utf-8").split("Linker script and memory map", 1)[1]
    text = re.sub(r"^( [.\w]\S*)\n\s+0x", r"\1 0x", text, flags=re.MULTILINE)  # long names stand on a line of their own
    section = ""
    for line in text.splitlines():
        match = CONTRIBUTION.fullmatch(line)
        if not match:
            continue
        section = match.group("section") or section
        size = int(match.group("size"), 16)
        if size != 0 and (FLASH.match(section) or RAM.match(section)):
            yield Piece(section, size, match.group("file"))
