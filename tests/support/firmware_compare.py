"""How many instructions a plain mail takes, by mailmote and by lwIP's own SMTP client, in one program.

lwIP's own work is counted for both. Each answer of the server is one segment, so that the figures hardly differ from
mail to mail. The goal is to take no more than lwIP's client. It holds where the server offers PIPELINING, as the usual
ones do: mailmote sends fewer segments there, lwIP's client as many as ever. Without it the goal is missed by some 5 %,
which is said; more than a tenth is a failure.
"""

import contextlib
import re
import statistics
import sys

from boards import BOARDS, LOOPBACK, boot, must_run
from servers import Scripted

MAILS = 20  # of each, in turns
EXCUSED = 1.1


def numbers(name, printed):
    return [int(number) for number in re.findall(rf"^{name}: (\d+)$", printed, re.MULTILINE)]


def size(board, file):
    """Octets of code and constants."""
    return int(must_run(f"{board.tools}size", "-t", file).splitlines()[-1].split()[0])


def idle(peer):
    """The program counts polls that find nothing to do, and ends."""
    with contextlib.suppress(ConnectionResetError):
        peer.wait_for_end()


def take(contents, extensions, group):
    """A server that takes a mail. `group`: its client sends the envelope at one go, and has one segment of replies."""
    fine = "250 2.0.0 fine"

    def script(peer):
        peer.greet("SIZE 1000000", "8BITMIME", *extensions)
        for command in ("MAIL FROM:", "RCPT TO:"):
            peer.hear(command)
            if not group:
                peer.say(fine)
        peer.hear("DATA")
        peer.say(*([fine, fine] if group else []), "354 go on")
        contents.append(peer.hear_content())
        peer.say("250 2.0.0 taken")
        peer.hear("QUIT")
        peer.say("221 2.0.0 bye")

    return script


def run_against_script(board, image, pipelining):
    """(the run, the contents that arrived)"""
    contents = []
    extensions = ["PIPELINING"] if pipelining else []
    ours, theirs = take(contents, extensions, group=pipelining), take(contents, extensions, group=False)
    with Scripted(*[ours, theirs] * MAILS, idle) as server:
        return boot(board, image, [f"port={server.port}"], LOOPBACK), contents


def measure(name, image, pipelining):
    """Prints the figures against a server with or without PIPELINING; mailmote's share of lwIP's."""
    run, contents = run_against_script(BOARDS[name], image, pipelining)
    ours, theirs = numbers("mailmote", run.printed), numbers("lwIP", run.printed)
    if run.status != 0 or len(ours) != MAILS or len(theirs) != MAILS or len(set(contents)) != 1:
        sys.exit(f"{name}: exit status {run.status}, {len(contents)} mails, {len(set(contents))} of them different\n"
                 f"{run.printed}")
    print(f" to a server {'with' if pipelining else 'without'} PIPELINING; a poll that finds nothing to do: "
          f"{numbers('idle poll', run.printed)[0]}")
    for who, all_of_them in (("mailmote", ours), ("lwIP's smtp.c", theirs)):
        print(f"  {who:14} {statistics.median(all_of_them):9,.0f}   ({min(all_of_them):,} to {max(all_of_them):,})")
    return statistics.median(ours) / statistics.median(theirs)


def compare(name, directory):
    """Prints the figures; whether they are good."""
    print(f"{name}: {MAILS} plain mails each, instructions while awake, lwIP's own included")
    print(f" smtp.c by the same compiler and flags: {size(BOARDS[name], directory / 'liblwip_smtp.a'):,} octets of flash")
    usual, plain = (measure(name, directory / "compare.elf", pipelining) for pipelining in (True, False))
    if plain > 1:
        print(f"  not reached: mailmote takes {100 * plain - 100:.1f} % more without PIPELINING; the goal is no more")
    return usual <= 1 and plain <= EXCUSED
