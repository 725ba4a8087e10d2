# requires 3.7
"""Other threads print pieces of a line while a loop runs."""
import asyncio
import sys
import threading


def say():
    for _ in range(4000):
        sys.stdout.write('meow ')


async def main():
    threads = [threading.Thread(target=say) for _ in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        await asyncio.sleep(0)

sys.setswitchinterval(1e-6)
asyncio.run(main())
print()
