"""A name server for the tests, over UDP and TCP, that says what it is told to say."""

import dataclasses
import ipaddress
import select
import socket
import struct
import threading
import time

TYPES = {1: "A", 28: "AAAA", 33: "SRV"}
CNAME = 5


@dataclasses.dataclass
class Answer:
    """As it is: the name exists and has no such record."""

    records: list = dataclasses.field(default_factory=list)  # their data as bytes
    aliases: list = dataclasses.field(default_factory=list)  # the names on the way; the last one has the records
    code: int = 0                                            # RCODE: 2 SERVFAIL, 3 NXDOMAIN
    delay: float = 0                                         # seconds
    truncated: bool = False                                  # by UDP only that it is too long
    silent: bool = False


def encoded(name):
    labels = [label.encode() for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def question_of(query):
    """(name, type, end of the question)"""
    at, labels = 12, []
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode())
        at += query[at] + 1
    return ".".join(labels).lower(), struct.unpack(">H", query[at + 1:at + 3])[0], at + 5


class DnsServer:
    """Answers until its `with` block ends. `asked` holds the questions, such as "A mail.example.com", "TCP A ..."."""

    def __init__(self, address="127.0.0.1", port=0):
        self.place = (address, port)
        self.answers = {}
        self.asked = []

    def __enter__(self):
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(self.place)
        self.place = self.udp.getsockname()
        self.tcp = socket.create_server(self.place)
        self.stop, self.stopped = socket.socketpair()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.close()
        self.thread.join()
        for one in (self.udp, self.tcp, self.stopped):
            one.close()

    def clear(self):
        self.answers.clear()
        self.asked.clear()

    def answer(self, name, kind):
        return self.answers.setdefault((name, kind), Answer())

    def add(self, name, *addresses):
        for text in addresses:
            address = ipaddress.ip_address(text)
            self.answer(name, "A" if address.version == 4 else "AAAA").records.append(address.packed)

    def add_service(self, name, port, host, priority=0, weight=1):
        self.answer(name, "SRV").records.append(struct.pack(">HHH", priority, weight, port) + encoded(host))

    def serve(self):
        while True:
            ready, _, _ = select.select([self.stopped, self.udp, self.tcp], [], [])
            if self.stopped in ready:
                return
            if self.udp in ready:
                query, peer = self.udp.recvfrom(2048)
                reply = self.reply(query, "")
                if reply:
                    self.udp.sendto(reply, peer)
            if self.tcp in ready:
                self.serve_stream(self.tcp.accept()[0])

    def serve_stream(self, connection):
        """The questions come at once and in one piece."""
        with connection:
            connection.settimeout(5)
            octets = connection.recv(4096)
            while len(octets) > 2:
                size = struct.unpack(">H", octets[:2])[0]
                reply = self.reply(octets[2:2 + size], "TCP ")
                if reply:
                    connection.sendall(struct.pack(">H", len(reply)) + reply)
                octets = octets[2 + size:]

    def reply(self, query, how):
        name, number, end = question_of(query)
        kind = TYPES.get(number, str(number))
        self.asked.append(f"{how}{kind} {name}")
        said = self.answers.get((name, kind), Answer())
        exists = any(known == name for known, _ in self.answers)
        time.sleep(said.delay)
        if said.silent:
            return None
        code = said.code if exists else 3
        cut = said.truncated and not how
        records = [] if cut or code else self.records(name, number, said)
        header = struct.pack(">HHHHH", 0x8180 | (0x200 if cut else 0) | code, 1, len(records), 0, 0)
        return query[:2] + header + query[12:end] + b"".join(records)

    @staticmethod
    def records(name, number, said):
        owner, found = name, []
        for alias in said.aliases:
            found.append((owner, CNAME, encoded(alias)))
            owner = alias
        found += [(owner, number, data) for data in said.records]
        return [encoded(one) + struct.pack(">HHIH", kind, 1, 5, len(data)) + data for one, kind, data in found]
