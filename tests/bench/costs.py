"""What one more mail costs a running program, its connection included: instructions, system calls, calls to the heap.

They are the difference between 20 mails and 10, by ten. Instructions and heap calls are counted by valgrind, system
calls by strace; what is missing is left out.
"""

import re
import shutil

from clients import Invocation
from far import Service, context_of, run
from senders import CASES, LIBRARIES, job
from tls_servers import TlsServer

FEW, MANY = 10, 20
COUNTERS = {
    "instructions": (["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"], r"Collected : (\d+)"),
    "heap calls": (["valgrind", "--leak-check=no"], r"([\d,]+) allocs"),
    "system calls": (["strace", "-c", "-o", "/dev/stderr"], r"\s(\d+)\s+(?:\d+\s+)?total"),
}
COUNTED = [case for case in CASES if case.name in ("1 recipient", "TLS 1.3 resumed, login", "TLS 1.2 resumed, login")]


def count(library, case, certificates, counter, mails):
    context = context_of(case, certificates)
    tool, pattern = COUNTERS[counter]
    with TlsServer(lambda peer: Service(peer, case, context).serve()) as server:
        command = [*tool, library.path(), *job(case, server.port, certificates.ca, mails)]
        said = run(Invocation(command)).stderr.decode(errors="replace")
    return int(re.search(pattern, said)[1].replace(",", ""))


def costs_of(library, case, certificates):
    """{counter: a mail}"""
    return {counter: (count(library, case, certificates, counter, MANY) -
                      count(library, case, certificates, counter, FEW)) / (MANY - FEW)
            for counter, (tool, _) in COUNTERS.items() if shutil.which(tool[0])}


def measure(certificates, versions):
    """{case: {sender: {counter: a mail}}}"""
    cases = [case for case in COUNTED if case.version in (None, *versions)]
    return {case.name: {library.name: costs_of(library, case, certificates) for library in LIBRARIES
                        if not library.why_not() and (library.resumes or not case.resumed)} for case in cases}
