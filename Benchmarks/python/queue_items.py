"""1,000,000 items pass from one task to another through a queue with room for 10."""
import asyncio


async def produce(queue, count):
    for item in range(count):
        await queue.put(item)


async def consume(queue, count):
    total = 0
    for _ in range(count):
        total += await queue.get()
    return total


async def main(scale):
    count = round(1_000_000 * scale)
    queue = asyncio.Queue(10)
    producer = asyncio.create_task(produce(queue, count))
    assert await asyncio.create_task(consume(queue, count)) == count * (count - 1) // 2
    await producer
