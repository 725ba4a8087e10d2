"""A chat over websockets: a room, and five cats that say hello and leave when they have heard all.

The room makes two mistakes, which the recording must show: it forgets to await a `send`, and nobody asks for the
exception of a task.
"""
import asyncio
import gc

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

CATS = 5


class Room:
    def __init__(self):
        self.members = set()
        self.is_full = asyncio.Event()

    async def enter(self, socket):
        self.members.add(socket)
        if len(self.members) == CATS:
            self.is_full.set()
        await self.is_full.wait()
        async for text in socket:
            await self.broadcast(text)

    async def broadcast(self, text):
        for member in list(self.members):
            await member.send(text)

    async def keep_a_log(self):
        await self.is_full.wait()
        raise OSError('there is no log')


async def cat(url, number):
    async with connect(url) as socket:
        await socket.send('cat %d' % number)
        heard = [await socket.recv() for _ in range(CATS)]
    return sorted(heard)


async def main():
    room = Room()
    asyncio.create_task(room.keep_a_log(), name='log')
    async with serve(room.enter, '127.0.0.1', 0) as server:
        url = 'ws://127.0.0.1:%d' % server.sockets[0].getsockname()[1]
        heard = await asyncio.gather(*[cat(url, number) for number in range(CATS)])
    room.broadcast('good night')
    gc.collect()
    assert heard == [['cat %d' % number for number in range(CATS)]] * CATS
    print('%d cats have heard each other' % CATS)


asyncio.run(main())
