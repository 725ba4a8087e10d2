# requires 3.7
import asyncio


async def consumer(condition, items, n):
    async with condition:
        await condition.wait_for(lambda: items)
        print(n, items.pop())


async def main():
    condition, items = asyncio.Condition(), []
    consumers = [asyncio.ensure_future(consumer(condition, items, n)) for n in range(3)]
    for n in range(3):
        await asyncio.sleep(0.001)
        async with condition:
            items.append(n)
            condition.notify()
    await asyncio.gather(*consumers)

asyncio.run(main())
