"""Objects whose finalizers print, while garbage is collected at every moment, which is another one each
time: so all lines are alike."""
import asyncio
import gc
import sys


class Noisy:
    def __init__(self):
        self.me = self

    def __del__(self):
        sys.stdout.write('a line\n')


async def main():
    for _ in range(30):
        Noisy()
        sys.stdout.write('a line\n')
        await asyncio.sleep(0)

gc.set_threshold(1)
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
gc.collect()
