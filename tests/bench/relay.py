"""A relay on loopback that counts how often a client had to wait for the server.

What a server sends is one wait deeper than what it has heard; what a client sends is as deep as what it has heard. The
depth of an answer is hence the number of waits until it was there. Whatever goes either way is delayed, so that both
sides send all that they can before they hear of the other; the machine's speed does not count.
"""

import asyncio
import contextlib
import threading

ROUND_TRIP = 0.05  # seconds
PIECE = 1 << 16
PATIENCE = 20  # seconds for the last connections to end


class Relay:
    """Leads to `server_port`; meant for one connection at a time. Ends with its `with` block."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.loop = asyncio.new_event_loop()
        self.server_heard = self.client_heard = 0
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
        """Until what the server sends now is with the client, its TCP connect included."""
        return self.server_heard + 1

    async def carry(self, from_client, to_client):
        self.server_heard = self.client_heard = 1  # TCP's own handshake
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server_port)
        await asyncio.gather(self.pump(from_client, to_server, lambda: self.client_heard, self.server_hears),
                             self.pump(from_server, to_client, lambda: self.server_heard + 1, self.client_hears))

    async def pump(self, source, target, depth, hear):
        with contextlib.suppress(ConnectionError):
            while octets := await source.read(PIECE):
                self.loop.call_later(ROUND_TRIP / 2, self.deliver, target, octets, hear, depth())
        await asyncio.sleep(ROUND_TRIP / 2)
        target.close()

    @staticmethod
    def deliver(target, octets, hear, depth):
        hear(depth)
        target.write(octets)

    def server_hears(self, depth):
        self.server_heard = depth

    def client_hears(self, depth):
        self.client_heard = depth
