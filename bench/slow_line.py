#!/usr/bin/env python3
"""A slow, flaky line in front of a server on this computer.

    bench/slow_line.py PORT SERVER_PORT [--mbit 100] [--rtt-ms 150] [--reset-mb 200]

All connections share the rate, each way; every byte takes half the round trip, and a new connection one whole round trip more, as
TCP's handshake does. After every so many megabytes in both directions together, the connection that carried the last byte is reset. What it
does not play: TCP's slow start and lost packets.
"""

import argparse
import asyncio
import socket
import struct

PIECE = 32 * 1024


class Way:
    """One direction's share of the line: who comes next waits until those before have been sent."""

    def __init__(self, bytes_per_second):
        self.rate = bytes_per_second
        self.free_at = 0.0

    async def send(self, count):
        now = asyncio.get_running_loop().time()
        self.free_at = max(now, self.free_at) + count / self.rate
        await asyncio.sleep(self.free_at - now)


class Line:
    def __init__(self, options):
        self.server_port = options.server_port
        self.delay = options.rtt_ms / 2000
        self.reset_every = options.reset_mb * 1_000_000
        self.carried = 0
        self.up = Way(options.mbit * 1e6 / 8)
        self.down = Way(options.mbit * 1e6 / 8)

    async def accept(self, reader, writer):
        await asyncio.sleep(2 * self.delay)
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        except OSError:
            reset(writer)
            return
        both = (writer, there_writer)
        await asyncio.gather(self.carry(reader, there_writer, self.up, both), self.carry(there_reader, writer, self.down, both))
        for end in both:
            end.close()

    async def carry(self, reader, writer, way, both):
        loop = asyncio.get_running_loop()
        under_way = asyncio.Queue()
        deliverer = asyncio.create_task(self.deliver(under_way, writer))
        try:
            while data := await reader.read(PIECE):
                await way.send(len(data))
                under_way.put_nowait((loop.time() + self.delay, data))
                self.carried += len(data)
                if self.carried >= self.reset_every:
                    self.carried -= self.reset_every
                    for end in both:
                        reset(end)
                    break
        except OSError:
            pass
        under_way.put_nowait((loop.time() + self.delay, None))
        await deliverer

    async def deliver(self, under_way, writer):
        try:
            while True:
                at, data = await under_way.get()
                await asyncio.sleep(max(0, at - asyncio.get_running_loop().time()))
                if data is None:
                    if writer.can_write_eof():
                        writer.write_eof()
                    return
                writer.write(data)
                await writer.drain()
        except OSError:
            # The other side is gone; what comes for it is thrown away, as on a real line.
            while (await under_way.get())[1] is not None:
                pass


def reset(writer):
    """Closes with RST, as a router that forgot the connection does."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass
    writer.transport.abort()


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int)
    parser.add_argument("server_port", type=int)
    parser.add_argument("--mbit", type=float, default=100)
    parser.add_argument("--rtt-ms", type=float, default=150)
    parser.add_argument("--reset-mb", type=float, default=200)
    line = Line(parser.parse_args())
    listening = socket.create_server(("127.0.0.1", parser.parse_args().port), backlog=256)
    # A real line holds little: what the kernel takes in advance would look as if it had been sent.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 256 * 1024)
    server = await asyncio.start_server(line.accept, sock=listening, limit=PIECE)
    await server.serve_forever()


asyncio.run(main())
