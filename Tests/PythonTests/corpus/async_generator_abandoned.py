# requires 3.7
import asyncio
import gc


async def numbers():
    try:
        yield 1
        await asyncio.sleep(0)
        yield 2
    finally:
        await asyncio.sleep(0)
        print('closed')


async def main():
    generator = numbers()
    print(await generator.__anext__())
    del generator
    gc.collect()
    for _ in range(10):
        await asyncio.sleep(0)
    kept = numbers()
    print(await kept.__anext__())
    return kept

result = asyncio.run(main())
print('end')
