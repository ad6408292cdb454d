"""Endless and giant replies, and replies that drip."""

from session import drip, flood, kept_and, say
from trial import MODES, Attack, Case, Mail, is_one_of

PLACES = {"greeting": b"220", "EHLO": b"250", "MAIL": b"250", "RCPT": b"250", "DATA": b"354", "content": b"250"}
TOO_LONG = ("reply_too_long", "malformed_reply")


def places_for(mode):
    """All in clear; in TLS the first reply and the last. In STARTTLS the greeting is in clear, as in `none`."""
    return {"none": list(PLACES), "starttls": ["EHLO", "content"], "implicit": ["greeting", "content"]}[mode]


def after(place):
    """How a mail ends that failed at this place."""
    return "unknown" if place == "content" else "not_sent"


def endless(shape):
    def cases(_):
        for mode in MODES:
            for place in places_for(mode):
                beginning, piece = shape(PLACES[place])
                yield Case(f"{place}, {mode}", Mail(mode), {place: flood(beginning, piece)},
                           exact=is_one_of(*TOO_LONG, outcome=after(place)))
    return cases


def at(place, reply):
    return {place: kept_and(say(reply)) if place == "content" else reply}


def one_megabyte(_):
    """A line of 1 MB that does end: whoever copes may go on, whoever does not says so."""
    for mode in MODES:
        for place in places_for(mode):
            yield Case(f"{place}, {mode}", Mail(mode), at(place, PLACES[place] + b" " + b"x" * 1_000_000),
                       exact=is_one_of(*TOO_LONG, outcome=after(place)))


def million_lines(_):
    for mode in MODES:
        for place in places_for(mode):
            code = PLACES[place]
            text = (code + b"-x\r\n") * 1_000_000 + code + b" x"
            yield Case(f"{place}, {mode}", Mail(mode), at(place, text),
                       exact=is_one_of(*TOO_LONG, outcome=after(place)))


def dripping(piece, seconds):
    def cases(_):
        for mode in MODES:
            for place in places_for(mode):
                octets = piece(PLACES[place])
                yield Case(f"{place}, {mode}", Mail(mode, seconds=seconds), {place: drip(octets)},
                           exact=lambda result, place=place: None if result["outcome"] == after(place) else
                           f"{result['outcome']} with {result['status']}")
    return cases


ROW = "endless or giant replies"
ATTACKS = [
    Attack("a line without end", ROW, "smtplib 790 MB, nodemailer 684 MB", "the reply is one line, and never ends",
           endless(lambda code: (code + b" ", b"x"))),
    Attack("NULs without end", ROW, "", "the reply is nothing but NUL", endless(lambda _: (b"", b"\0"))),
    Attack("lines without end", ROW, "smtplib, nodemailer", "every line says that another one follows",
           endless(lambda code: (b"", code + b"-you are welcome\r\n"))),
    Attack("a line of 1 MB", ROW, "", "the reply is one line of 1 MB", one_megabyte),
    Attack("a million lines", ROW, "", "the reply has 10^6 lines", million_lines),
    Attack("drip of octets", "slow drip", "no client", "an octet of a line every tenth of a second, for ever; the "
           "client's time-out is a second", dripping(lambda _: b"2", 1.0)),
    Attack("drip of lines", "slow drip", "no client", "a line of a reply every tenth of a second, for ever; the "
           "client's time-out is a second", dripping(lambda code: code + b"-wait\r\n", 1.0)),
]
