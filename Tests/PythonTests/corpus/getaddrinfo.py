# requires 3.7
import asyncio


async def main():
    found = await asyncio.get_running_loop().getaddrinfo('127.0.0.1', 80, type=1)
    print(found[0][4])

asyncio.run(main())
