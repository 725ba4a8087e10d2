# requires 3.7
import asyncio
import os
import signal


async def main():
    print('before', flush=True)
    await asyncio.sleep(0)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(5)

asyncio.run(main())
