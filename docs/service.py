"""A small service with what makes services slow: docs/stats.md shows what it did."""
import asyncio
import json
import time


async def answer(reader, writer):
    while line := await reader.readline():
        await asyncio.sleep(0.005)
        writer.write(line)
    writer.close()


class Session:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.lock = asyncio.Lock()

    async def ask(self, text):
        async with self.lock:
            self.writer.write(text.encode() + b"\n")
            return await self.reader.readline()


def parse(text):
    end = time.perf_counter() + 0.004
    while time.perf_counter() < end:
        json.loads(text)


async def watch(stop):
    await stop.wait()


async def work(queue, session, permits, stop, watchers):
    while True:
        number = await queue.get()
        async with permits:
            watchers.append(asyncio.create_task(watch(stop)))
            parse(await session.ask(json.dumps({"number": number})))
        queue.task_done()


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    session = Session(*await asyncio.open_connection(*server.sockets[0].getsockname()))
    queue, permits, stop = asyncio.Queue(20), asyncio.Semaphore(4), asyncio.Event()
    watchers = []
    workers = [
        asyncio.create_task(work(queue, session, permits, stop, watchers)) for _ in range(8)
    ]
    for number in range(300):
        await queue.put(number)
    await queue.join()
    for worker in workers:
        worker.cancel()
    server.close()


asyncio.run(main())
