# requires 3.7
import asyncio


async def nap(n):
    await asyncio.sleep(0.1 * n)
    return n


async def main():
    tasks = [asyncio.ensure_future(nap(n)) for n in (3, 1, 2)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(sorted(t.result() for t in done), len(pending))
    done, pending = await asyncio.wait(tasks, timeout=0.001)
    print(len(done), len(pending))
    for t in pending:
        t.cancel()
    print([type(r).__name__ for r in await asyncio.gather(*tasks, return_exceptions=True)])

asyncio.run(main())
