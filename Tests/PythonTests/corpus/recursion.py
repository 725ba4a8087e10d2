# requires 3.8
import asyncio
import sys


def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


async def deep(n):
    return 0 if n == 0 else 1 + await deep(n - 1)


async def main():
    print(depth())
    print(await deep(200))
    try:
        await deep(10000)
    except RecursionError:
        print('too deep')

print(depth())
asyncio.run(main())
sys.setrecursionlimit(500)
print(sys.getrecursionlimit(), depth())
