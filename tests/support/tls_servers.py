"""SMTP servers with TLS in this process: octets, records and handshakes go wrong exactly where a script says so.

`TlsServer` runs a script a connection. The script's side is a `TlsPeer`: it talks in clear until `start_tls`. What the
client sent is kept: the octets, with TLS's records as they are, and the lines that the script has read, those in clear
and those in TLS. `OpensslServer` and `MbedtlsServer` are processes with a plain server behind them.
"""

import contextlib
import socket
import ssl
import subprocess
import threading
import time

from servers import PATIENCE, Peer, free_port

TLS_1_2, TLS_1_3 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
RECORD = 0x16  # what a ClientHello begins with
# What is at the other side went away, or ended TLS: the client's right, and seldom a fault of the server's script.
GONE = (OSError, ssl.SSLError, EOFError)


class Stopped(Exception):
    """The point at which a script wanted its TLS output to end was reached."""


def server_context(credential, least=TLS_1_2, most=TLS_1_3, client_ca=None, tickets=True):
    """`client_ca`: the file with the CAs that a client's certificate must come from; None: it is not asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version, context.maximum_version = least, most
    context.load_cert_chain(credential.file, credential.key)
    if client_ca:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(client_ca)
    if not tickets:
        context.options |= ssl.OP_NO_TICKET
        context.num_tickets = 0
    return context


class Wire:
    """The octets of one connection as the network carries them; keeps what came in."""

    def __init__(self, connection):
        self.connection = connection
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.came = b""

    def recv(self, size=65536):
        octets = self.connection.recv(size)
        self.came += octets
        return octets

    def sendall(self, octets, piece=None):
        """`piece`: so many octets a segment, as far as TCP lets one choose."""
        step = piece or max(1, len(octets))
        for begin in range(0, len(octets), step):
            self.connection.sendall(octets[begin : begin + step])

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()


class Layer:
    """What a script reads from and writes to: the wire itself, or TLS over it."""

    def __init__(self, wire, context=None, piece=None, most=None):
        """`piece`: see Wire.sendall. `most`: Stopped is raised when so many octets of TLS have gone out."""
        self.wire, self.piece, self.most, self.out = wire, piece, most, 0
        self.tls = None
        if context:
            self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            self.tls = context.wrap_bio(self.incoming, self.outgoing, server_side=True)

    def handshake(self):
        self.until_done(self.tls.do_handshake)

    def until_done(self, step):
        """Calls `step` until it needs nothing more of the client. An alert goes out before its error is raised."""
        while True:
            try:
                result = step()
                self.flush_tls()
                return result
            except ssl.SSLWantReadError:
                self.flush_tls()
                octets = self.wire.recv()
                if not octets:
                    raise EOFError("the client closed the connection") from None
                self.incoming.write(octets)
            except ssl.SSLError:
                with contextlib.suppress(OSError):
                    self.flush_tls()
                raise

    def flush_tls(self):
        octets = self.outgoing.read()
        if self.most is not None and self.out + len(octets) >= self.most:
            octets = octets[: self.most - self.out]
        self.out += len(octets)
        if octets:
            self.wire.sendall(octets, self.piece)
        if self.most is not None and self.out >= self.most:
            raise Stopped

    def recv(self):
        """Some octets; none at the end of the connection or of TLS."""
        if not self.tls:
            return self.wire.recv()
        try:
            return self.until_done(lambda: self.tls.read(65536))
        except (EOFError, ssl.SSLZeroReturnError):
            return b""

    def sendall(self, octets):
        if not self.tls:
            return self.wire.sendall(octets, self.piece)
        while octets:
            octets = octets[self.tls.write(octets) :]
        return self.flush_tls()

    def records_of(self, octets):
        """The TLS records that hold `octets`; they are not sent."""
        self.tls.write(octets)
        return self.outgoing.read()

    def close_notify(self):
        with contextlib.suppress(*GONE, ssl.SSLWantReadError):
            self.tls.unwrap()
        self.flush_tls()


class TlsPeer(Peer):
    """A script's side of one connection. `say`, `hear` and the like go through TLS after start_tls()."""

    def __init__(self, connection):  # pylint: disable=super-init-not-called
        self.wire = Wire(connection)
        self.lines_in_clear, self.lines_in_tls = [], []
        self.use(Layer(self.wire), self.lines_in_clear)

    def hear(self, beginning):
        if not self.reader.has_line():
            raise EOFError(f"the client ended the connection, or began with TLS, in place of {beginning!r}")
        return super().hear(beginning)

    def hear_content(self):
        content = b""
        while not content.endswith(b"\r\n.\r\n"):
            content += self.hear("")
        return content

    def use(self, layer, lines):
        self.connection = layer
        self.reader = Reader(layer, lines)

    @property
    def lines(self):
        return self.lines_in_clear + self.lines_in_tls

    @property
    def tls(self):
        return self.connection.tls

    def start_tls(self, context, piece=None, most=None):
        assert self.reader.buffer == b"", f"octets before their time: {self.reader.buffer!r}"
        self.use(Layer(self.wire, context, piece, most), self.lines_in_tls)
        self.connection.handshake()

    def offer_starttls(self, *capabilities):
        """Greeting and EHLO in clear, up to and with the client's STARTTLS."""
        self.greet(*capabilities, "STARTTLS")
        self.hear("STARTTLS")

    def secure(self, mode, context, **how):
        """The beginning of a session of this security mode, up to the end of the handshake."""
        if mode == "starttls":
            self.offer_starttls()
            self.say("220 2.0.0 go on")
        self.start_tls(context, **how)

    def greet_in(self, mode, *capabilities):
        """What comes after the handshake, up to and with the answer to EHLO."""
        if mode == "implicit":
            return self.greet(*capabilities)
        return self.answer_ehlo(*capabilities)

    def answer_ehlo(self, *capabilities):
        self.hear("EHLO ")
        lines = ["scripted.example.com", *capabilities]
        self.say(*[f"250{'-' if line is not lines[-1] else ' '}{line}" for line in lines])

    def take_mail(self, final="250 2.0.0 kept"):
        """Envelope, content and QUIT; returns the content without its end mark."""
        self.take_envelope()
        self.hear("DATA")
        self.say("354 go on")
        content = self.hear_content()
        self.say(final)
        self.take_quit()
        return content[: -len(b".\r\n")]

    def take_quit(self):
        if self.reader.readline().startswith(b"QUIT"):
            self.say("221 bye")
            self.reader.read(1)

    def stall(self):
        """Says nothing more, whatever comes, until the client goes."""
        while self.wire.recv():
            pass

    def reset(self):
        self.wire.reset()


class Reader:
    """Lines and octets from a layer; every line is noted."""

    def __init__(self, layer, lines):
        self.layer, self.lines = layer, lines
        self.buffer = b""

    def has_line(self):
        """Waits for a line; False: the end came before one, or a TLS record came in clear."""
        while b"\n" not in self.buffer:
            octets = self.layer.recv()
            self.buffer += octets
            if not octets or self.buffer[0] == RECORD:
                return False
        return self.buffer[0] != RECORD

    def readline(self):
        """Up to and with LF; less at the end; nothing where TLS begins."""
        if not self.has_line() and self.buffer[:1] == bytes([RECORD]):
            return b""
        line, end, self.buffer = self.buffer.partition(b"\n")
        if line or end:
            self.lines.append(line + end)
        return line + end

    def read(self, _size=65536):
        """What there is; it waits for at least one octet, and returns none at the end."""
        octets = self.buffer or self.layer.recv()
        self.buffer = b""
        return octets


class TlsServer:
    """Runs `script(peer)` for every connection, each in a thread of its own, until the `with` block ends.

    A script that returns closes the connection. That a client went away ends a script in silence (see `endings`); any
    other exception is raised again at the end. `peers` are the connections so far.
    """

    def __init__(self, script, address="127.0.0.1", port=0):
        self.script = script
        self.place = (address, port)
        self.peers = []
        self.threads = []
        self.failures = []
        self.endings = []

    def __enter__(self):
        family = socket.AF_INET6 if ":" in self.place[0] else socket.AF_INET
        self.listener = socket.create_server(self.place, family=family)
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join(PATIENCE)
        self.listener.close()
        for peer in self.peers:
            with contextlib.suppress(OSError):
                peer.wire.connection.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(PATIENCE)
        if kind is None and self.failures:
            raise self.failures[0]

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.settimeout(PATIENCE)
            peer = TlsPeer(connection)
            self.peers.append(peer)
            thread = threading.Thread(target=self.run, args=(peer,), daemon=True)
            thread.start()
            self.threads.append(thread)

    def run(self, peer):
        with peer.wire.connection:
            try:
                self.script(peer)
            except GONE as ending:
                self.endings.append(ending)
            except Exception as failure:  # pylint: disable=broad-except
                self.failures.append(failure)

    def settle(self):
        """Waits for the scripts of the connections so far."""
        for thread in self.threads:
            thread.join(PATIENCE)

    @property
    def came(self):
        """Every octet that came in on any connection, TLS records as they are."""
        return b"".join(peer.wire.came for peer in self.peers)

    @property
    def lines(self):
        return [line for peer in self.peers for line in peer.lines]


class MbedtlsServer:
    """tests/interop/mbedtls_server.cpp as `program`, in front of the plain server at `sink_port`."""

    def __init__(self, program, sink_port, credential):
        self.command = [program, str(sink_port), credential.file, credential.key]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split()
        if len(words) != 2:
            self.__exit__()
            raise RuntimeError("mbedtls_server did not start")
        self.port = int(words[1])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class OpensslServer:
    """`openssl s_server` for one connection, with the plain server at `sink_port` behind it."""

    def __init__(self, sink_port, credential, version, *options):
        self.sink_port = sink_port
        self.options = ["-cert", credential.alone, "-cert_chain", credential.file, "-key", credential.key,
                        f"-tls{version.replace('.', '_')}", *options]

    def __enter__(self):
        self.port = free_port()
        command = ["openssl", "s_server", "-quiet", "-naccept", "1", "-accept", f"127.0.0.1:{self.port}", *self.options]
        with socket.create_connection(("127.0.0.1", self.sink_port)) as sink:
            self.process = subprocess.Popen(command, stdin=sink, stdout=sink, stderr=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        while not is_listening(self.port):
            if self.process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise RuntimeError(f"`{' '.join(command)}` does not listen")
            time.sleep(0.005)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)


def is_listening(port):
    """Whether something listens at this port of 127.0.0.1, without connecting to it."""
    with open("/proc/net/tcp", encoding="ascii") as table:
        return any(line.split()[1] == f"0100007F:{port:04X}" and line.split()[3] == "0A" for line in table)
