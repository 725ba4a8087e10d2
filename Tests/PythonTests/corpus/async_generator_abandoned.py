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
    await asyncio.sleep(0.001)
    kept = numbers()
    print(await kept.__anext__())
    return kept

result = asyncio.run(main())
print('end')
