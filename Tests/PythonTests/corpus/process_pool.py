# requires 3.8
import asyncio
import concurrent.futures


def square(n):
    return n * n


async def main():
    loop = asyncio.get_running_loop()
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        print(await asyncio.gather(*[loop.run_in_executor(pool, square, n) for n in range(3)]))

if __name__ == '__main__':
    asyncio.run(main())
