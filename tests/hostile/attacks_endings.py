"""Ends at the wrong moment: who has the mail, and does the client know?"""

import re

from session import Close, close_after, kept_and
from trial import MODES, Attack, Case, Mail, is_one_of

FINAL = b"250 2.0.0 kept\r\n"
GO_ON = b"354 go on\r\n"
LONG = b"Subject: x\r\n\r\n" + (b"x" * 70 + b"\r\n") * 200_000
REFUSED = b"554 5.7.1 no\r\n"


def ending(octets, way):
    """Says so much, and is gone; the end is a reset where the client has said all it had to say."""
    def answer(session, _):
        if octets:
            session.peer.connection.sendall(octets)
        if way == "reset":
            session.peer.reset()
        raise Close
    return answer


def cut(whole, place, outcome):
    """Cut behind each octet of this reply but the last."""
    def cases(_):
        for mode in MODES:
            for way in ("closed", "reset"):
                for size in range(len(whole)):
                    answer = ending(whole[:size], way)
                    yield Case(f"{size} of {len(whole)} octets, {way}, {mode}", Mail(mode), exact=exactly(outcome),
                               answers={place: kept_and(answer) if place == "content" else answer}, judge=no_success)
    return cases


def exactly(outcome):
    return lambda result: None if result["outcome"] == outcome else f"{result['outcome']} with {result['status']}"


def no_success(trial):
    return "reported success though the final reply never came whole" if trial.claims_success else None


def farewell(_):
    """The mail was taken: whatever becomes of QUIT takes nothing back."""
    for mode in MODES:
        for size in range(0, 15, 2):
            yield Case(f"{size} octets, {mode}", Mail(mode), answers={"QUIT": close_after(b"221 2.0.0 bye\r\n"[:size])},
                       judge=must_succeed)


def must_succeed(trial):
    return None if trial.claims_success else "reported a failure of a mail that was accepted"


def told_apart(_):
    """A lost final reply must look otherwise than a mail that cannot have arrived: whoever sends again doubles it."""
    for mode in MODES:
        yield Case(mode, Mail(mode), answers={"content": kept_and(close_after(b""))}, judge=repeated)


def repeated(trial):
    if trial.run.code in trial.normal.unsent:
        return "the exit code is that of a mail that was not sent: whoever repeats it doubles it"
    return None


def early_success(session, _):
    """Says yes in the middle of the content, and goes."""
    session.peer.say("354 go on")
    read_some(session)
    session.peer.connection.sendall(FINAL)
    read_some(session)
    session.peer.reset()
    raise Close


def read_some(session):
    while len(session.peer.reader.buffer) < 100_000:
        octets = session.peer.reader.layer.recv()
        if not octets:
            raise Close
        session.peer.reader.buffer += octets
    session.peer.reader.buffer = b""


def refuse_in_the_middle(session, _):
    session.peer.say("354 go on")
    read_some(session)
    session.peer.connection.sendall(REFUSED)
    session.peer.stall()
    raise Close


def refuse_one(session, line):
    if b"nobody@" in line:
        session.refuse(line, "550 5.1.1 nobody")
    else:
        session.on_rcpt(line)


def false_success(_):
    both = ("ops@example.com", "nobody@example.com")
    for mode in MODES:
        yield Case(f"yes in the middle of the content, {mode}", Mail(mode, content=LONG),
                   answers={"DATA": early_success})
        yield Case(f"no in the middle of the content, {mode}", Mail(mode, content=LONG),
                   answers={"DATA": refuse_in_the_middle}, exact=is_one_of("content_rejected", outcome="rejected"))
        yield Case(f"one of two recipients refused, {mode}", Mail(mode, recipients=both), answers={"RCPT": refuse_one})
        yield Case(f"both refused, DATA accepted, {mode}", Mail(mode), answers={"RCPT": "550 5.1.1 nobody"})
        for reply in ("554 5.7.1 no", "451 4.3.0 later", "354 go on", "099 x", "600 x", "2500 x", "25", "kept"):
            yield Case(f"{reply!r} at the end, {mode}", Mail(mode), answers={"content": [reply]})
        for reply in ("250 fine", "550 no", "235 in"):
            yield Case(f"{reply!r} to DATA, {mode}", Mail(mode), answers={"DATA": reply})


def fail_first(place, reply):
    """The first mail fails there; what comes later is answered as usual."""
    def answer(session, line):
        if "failed" in session.record.notes:
            return getattr(session, "on_" + place.lower())(line)
        session.record.notes.append("failed")
        return session.peer.say(reply)
    return {place: answer}


def second_mail(client):
    """Two mails on a connection, the first of which fails: the second arrives whole, for its own recipients only. Where
    only the time is too short for two, a 452 makes a client send the rest as a second mail."""
    for mode in MODES:
        if client.name == "mailmote":
            yield Case(f"recipients left for a second mail, {mode}", Mail(mode, recipients=tuple(
                f"ops{number}@example.com" for number in range(5))), answers={"RCPT": two_at_most}, judge=each_once)
            continue
        for place, reply in (("MAIL", "451 4.3.0 later"), ("RCPT", "550 5.1.1 nobody"), ("DATA", "451 4.3.0 later"),
                             ("content", "554 5.7.1 no")):
            yield Case(f"{place} of the first fails, {mode}", Mail(mode, mails=2), answers=fail_first(place, reply),
                       judge=second_is_there)


def two_at_most(session, line):
    if len(session.recipients) == 2:
        session.peer.say("452 4.5.3 too many")
    else:
        session.on_rcpt(line)


def each_once(trial):
    names = [name for _, recipients in trial.record.kept for line in recipients for name in re.findall(rb"ops\d", line)]
    return None if sorted(names) == [b"ops%d" % number for number in range(5)] else f"delivered to {names}"


def second_is_there(trial):
    kept = trial.record.kept
    if len(kept) != 1 or len(kept[0][1]) != 1 or b"level low" not in kept[0][0]:
        return f"the server has {len(kept)} mails, not the second alone"
    return None


ATTACKS = [
    Attack("cut before the content", "duplicates", "RFC 1047",
           "the connection ends behind each octet of the reply to DATA", cut(GO_ON, "DATA", "not_sent")),
    Attack("cut in the final reply", "duplicates", "RFC 1047",
           "the connection ends behind each octet of the final reply", cut(FINAL, "content", "unknown")),
    Attack("told apart", "duplicates", "RFC 1047",
           "the exit code of a lost final reply is another than that of a mail that cannot have arrived", told_apart),
    Attack("cut in the farewell", "duplicates", "", "the connection ends in the reply to QUIT: the mail is accepted",
           farewell),
    Attack("false success", "false success", "libESMTP, EMailSender, somnisoft",
           "refusals, yes too early, and replies that are none; success only with the mail in the server's store",
           false_success),
    Attack("second mail", "second mail fails, stale state", "ESP-Mail-Client #228 #249 #295 #305",
           "another mail on the connection, after one that failed", second_mail),
]
