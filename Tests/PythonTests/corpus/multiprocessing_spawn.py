# requires 3.7
import asyncio
import multiprocessing


def square(n):
    return n * n


async def main():
    await asyncio.sleep(0)
    print('main')

if __name__ == '__main__':
    asyncio.run(main())
    with multiprocessing.get_context('spawn').Pool(1) as pool:
        print(pool.map(square, [1, 2, 3]))
