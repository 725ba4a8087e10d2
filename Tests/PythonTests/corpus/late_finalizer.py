"""A finalizer of the program's runs when asyncio's modules are empty already."""
import abc
import asyncio
import os


class Last:
    def __del__(self, write=os.write):
        write(1, b'the last\n')


async def main():
    print('first', flush=True)

abc.last = Last()
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
