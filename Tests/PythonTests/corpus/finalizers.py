# requires 3.7
# What runs for the first time while the interpreter ends, when modules have been emptied.
import asyncio
import sys


class Late:
    def __init__(self, write):
        self.write = write

    def __del__(self):
        def told(write):
            write('late\n')

        async def never():
            pass
        told(self.write)
        never().close()


async def main():
    await asyncio.sleep(0)
    sys.last_thing = Late(sys.stdout.write)

asyncio.run(main())
