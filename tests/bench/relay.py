"""A relay on loopback that makes a server far away, and counts how often a client had to wait for it.

What a server sends is one wait deeper than what it has heard; what a client sends is as deep as what it has heard. The
depth of an answer is hence the number of waits until it was there. Whatever goes either way is delayed, so that both
sides send all that they can before they hear of the other; the machine's speed does not count.

TCP's own handshake cannot be delayed here: it is counted as one wait, and who measures time must add a round trip.
"""

import asyncio
import contextlib
import socket
import struct
import threading

ROUND_TRIP = 0.05  # seconds
PIECE = 1 << 16
PATIENCE = 20  # seconds for the last connections to end
DATA_SEGMENTS_IN = 152  # where Linux has tcpi_data_segs_in in its struct tcp_info


class Passage:
    """One connection. `begin`: when it was made, by time.monotonic(). `sent`, `received`: octets, as the client sees
    it. `packets`: segments of TCP with data that came from the client; None where the system does not tell."""

    def __init__(self, begin, client):
        self.begin, self.client = begin, client
        self.server_heard = self.client_heard = 1  # TCP's own handshake
        self.sent = self.received = 0
        self.packets = None

    @property
    def waits(self):
        """Until what the server sends now is with the client, its TCP connect included."""
        return self.server_heard + 1

    def client_says(self):
        with contextlib.suppress(OSError, struct.error, AttributeError):
            known = self.client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, DATA_SEGMENTS_IN + 4)
            self.packets, = struct.unpack_from("I", known, DATA_SEGMENTS_IN)
        return self.client_heard

    def server_says(self):
        return self.waits

    def server_hears(self, depth, size):
        self.server_heard = depth
        self.sent += size

    def client_hears(self, depth, size):
        self.client_heard = depth
        self.received += size


class Relay:
    """Leads to `server_port`, `round_trip` seconds away. `passages`: its connections so far. Ends with its `with`
    block."""

    def __init__(self, server_port, round_trip=ROUND_TRIP):
        self.server_port, self.way = server_port, round_trip / 2
        self.loop = asyncio.new_event_loop()
        self.passages = []
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        server = asyncio.start_server(self.carry, "127.0.0.1", 0)
        self.server = asyncio.run_coroutine_threadsafe(server, self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self.stop(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def stop(self):
        self.server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        if tasks:
            await asyncio.wait(tasks, timeout=PATIENCE)

    @property
    def waits(self):
        """Of the last connection, and so below."""
        return self.passages[-1].waits

    @property
    def server_heard(self):
        return self.passages[-1].server_heard

    async def carry(self, from_client, to_client):
        passage = Passage(self.loop.time(), to_client.get_extra_info("socket"))
        self.passages.append(passage)
        up, down = asyncio.Queue(), asyncio.Queue()
        collecting = asyncio.create_task(self.collect(from_client, up, passage.client_says))
        await asyncio.sleep(self.way)
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server_port)
        await asyncio.gather(collecting, self.deliver(up, to_server, passage.server_hears),
                             self.collect(from_server, down, passage.server_says),
                             self.deliver(down, to_client, passage.client_hears))

    async def collect(self, source, queue, says):
        octets = b" "
        while octets:
            try:
                octets = await source.read(PIECE)
            except ConnectionError:
                octets = b""
            queue.put_nowait((self.loop.time() + self.way, says() if octets else 0, octets))

    async def deliver(self, queue, target, hears):
        while True:
            due, depth, octets = await queue.get()
            await asyncio.sleep(due - self.loop.time())
            if not octets:
                break
            hears(depth, len(octets))
            target.write(octets)
        target.close()
