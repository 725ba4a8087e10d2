# requires 3.8
"""As a server does it: SIGTERM ends the loop, and is sent once more when all is in order."""
import asyncio
import os
import signal
import traceback

caught = []


def refuse(number, frame):
    raise ValueError(number)


async def main():
    before = signal.signal(signal.SIGTERM, lambda number, frame: caught.append(number))
    signal.raise_signal(signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)
    while len(caught) < 2:
        await asyncio.sleep(0)
    signal.signal(signal.SIGTERM, refuse)
    for send in lambda: signal.raise_signal(signal.SIGTERM), lambda: os.kill(os.getpid(), signal.SIGTERM):
        try:
            send()
        except ValueError:
            traceback.print_exc()
    signal.signal(signal.SIGTERM, before)
    print('shut down', flush=True)

asyncio.run(main())
signal.raise_signal(caught[0])
