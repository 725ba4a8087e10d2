import asyncio


async def level(n):
    if n == 0:
        await asyncio.sleep(0)
        return 0
    return 1 + await level(n - 1)


async def main():
    print(await level(30))
    print(sum([await level(2), await level(3)]))

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
