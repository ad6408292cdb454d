"""What goes wrong around a board: each ends with the right outcome, in bounded time of the board.

Where the board is to wait long, the emulator skips the time in which it does, so that half a minute takes a second. A
millisecond of a real server is then some thirty of the board's; where the board woke up less often than a thousand
times a second, it would be more than can be judged. So a board without a SysTick is told to wake up as often.
"""

from dataclasses import dataclass

from boards import LOOPBACK, boot, plug
from servers import Scripted, free_port

SECOND = 1000
SOON = (0, 5 * SECOND)
SKIPPING = "shift=0,sleep=off"


def after(seconds):
    """When that much of waiting has to pass. A slow server may add to it."""
    return seconds * SECOND, (seconds + 20) * SECOND


@dataclass(frozen=True)
class Fault:
    """`scripts`: what the server does, one for each connection; none: nothing listens. `ends`: how the program's report
    begins. `between`: the earliest and the latest end, in ms of the board's time."""

    name: str
    ends: str
    between: tuple
    scripts: tuple = ()
    words: tuple = ("none",)
    status: int = 1

    @property
    def icount(self):
        return "shift=0" if self.between == SOON else SKIPPING


def silence(peer):
    peer.wait_for_end()


def until_content(peer):
    peer.greet("SIZE 0")
    peer.take_envelope()
    peer.hear("DATA")
    peer.say("354 go on")


def reset_after_greeting(peer):
    peer.greet("SIZE 0")
    peer.hear("MAIL FROM:<")
    peer.reset()


def reset_in_content(peer):
    until_content(peer)
    peer.hear("From: ")
    peer.reset()


def reset_after_content(peer):
    until_content(peer)
    peer.hear_content()
    peer.reset()


def silence_after_content(peer):
    until_content(peer)
    peer.hear_content()
    peer.wait_for_end()


def last_words(peer):
    """Too big, and the connection is gone."""
    until_content(peer)
    peer.hear("From: ")
    peer.say("552 5.3.4 too big")
    peer.reset()


def busy(peer):
    peer.say("421 4.3.2 too busy")


def take(peer):
    until_content(peer)
    peer.hear_content()
    peer.say("250 2.0.0 taken")
    peer.hear("QUIT")
    peer.say("221 2.0.0 bye")


ENDLESS = "rows=30000000"

FAULTS = [
    Fault("nothing listens", "not_sent connection_refused", SOON),
    Fault("a server that says nothing", "not_sent greeting_timeout", after(30), (silence,)),
    Fault("a handshake that stalls", "not_sent tls_timeout", after(30), (silence,), ("implicit",)),
    Fault("a reset before the content", "not_sent connection_reset", SOON, (reset_after_greeting,)),
    Fault("a reset in the content", "not_sent connection_reset", SOON, (reset_in_content,), ("none", ENDLESS)),
    Fault("a refusal and a reset in the content", "rejected content_rejected", SOON, (last_words,), ("none", ENDLESS)),
    Fault("a reset after the content", "unknown connection_reset", SOON, (reset_after_content,)),
    Fault("no reply to the content", "unknown reply_timeout", after(120), (silence_after_content,)),
    Fault("too busy at first", "not_sent service_closing", after(60), (busy, take), ("none", "attempts=2"), status=0),
]


def judge(fault, run):
    """What is wrong; None if nothing is."""
    if not run.printed.lstrip().startswith(fault.ends):
        return f"it should say {fault.ends}"
    earliest, latest = fault.between
    if run.elapsed is None or not earliest <= run.elapsed <= latest:
        return f"it should take {earliest} to {latest} ms of the board's time"
    if run.status != fault.status:
        return f"exit status {run.status}"
    if fault.status == 0 and "\naccepted" not in run.printed:
        return "the mail should be accepted in the end"
    return None


def words(board, fault, port):
    return [*fault.words, f"port={port}"] + ["tick=1"] * (not board.has_systick)


def play(board, image, fault):
    """(what is wrong or None, the run)"""
    if not fault.scripts:
        run = boot(board, image, words(board, fault, free_port()), LOOPBACK, fault.icount)
        return judge(fault, run), run
    with Scripted(*fault.scripts) as server:
        run = boot(board, image, words(board, fault, server.port), LOOPBACK, fault.icount)
    return judge(fault, run), run


UNPLUGGED = Fault("a cable that is pulled in the content", "not_sent write_timeout", after(30),
                  words=("none", ENDLESS))


def play_unplugged(board, image):
    with plug() as cable:
        def pull(peer):
            until_content(peer)
            peer.hear("From: ")
            cable.pull()
            peer.wait_for_end()

        with Scripted(pull) as server:
            run = boot(board, image, words(board, UNPLUGGED, server.port), LOOPBACK, UNPLUGGED.icount, cable.option)
    return judge(UNPLUGGED, run), run


def play_all(board, image):
    """(fault, what is wrong or None, the run) of each."""
    yield from play_some(board, image, range(len(FAULTS)))
    yield UNPLUGGED, *play_unplugged(board, image)


def play_some(board, image, numbers):
    """The same of these only."""
    for number in numbers:
        yield FAULTS[number], *play(board, image, FAULTS[number])
