"""A mail of every kind of part, as the command line says it."""

import pathlib

TEXT = "Füllstand 3 ‰\n.\nFrom here on\n" + "long " * 300 + "\n"
PAGE = '<p>Füllstand <img src="cid:curve@example.com"></p>\n'
CURVE = b"GIF89a" + bytes(range(256)) * 3
TABLE = "Zeit;Höhe\r\n".encode() + b"".join(b"%d;3\n" % i for i in range(1000))
DATA = bytes(i * i % 251 for i in range(1_000_000))
STRUCTURE = ("mixed", [("alternative", ["text/plain", ("related", ["text/html", "image/gif"])]), "text/csv",
                       "application/octet-stream"])


def arguments(directory):
    """Writes the files and returns the options; the Message-ID and the date are always the same."""
    place = pathlib.Path(directory)
    for name, octets in (("text", TEXT.encode()), ("page", PAGE.encode()), ("curve.gif", CURVE),
                         ("Füllstände.csv", TABLE), ("data.bin", DATA)):
        (place / name).write_bytes(octets)
    return ["--subject", "Füllstand", "--text-file", f"{place}/text", "--html-file", f"{place}/page",
            "--inline", f"{place}/curve.gif;cid=curve@example.com", "--attach", f"{place}/Füllstände.csv",
            "--attach", f"{place}/data.bin", "--message-id", "<parts@example.com>",
            "--date", "Sat, 21 Nov 2026 04:53:45 +0000"]


def octets():
    """Of the parts, in their order, the texts with CRLF."""
    return [TEXT.replace("\n", "\r\n").encode(), PAGE.replace("\n", "\r\n").encode(), CURVE, TABLE, DATA]
