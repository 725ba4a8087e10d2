# requires 3.7
import asyncio
import atexit

atexit.register(print, 'atexit 1')
atexit.register(print, 'atexit 2')


async def main():
    print('main')

asyncio.run(main())


class Late:
    def __del__(self):
        print('late')

late = Late()
