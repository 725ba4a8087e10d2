# requires 3.7
import asyncio
import os


async def main():
    await asyncio.sleep(0)

asyncio.run(main())
pid = os.fork()
if pid == 0:
    async def in_child():
        await asyncio.sleep(0)
        print('child', flush=True)
    asyncio.run(in_child())
    os._exit(4)
print(os.waitpid(pid, 0)[1] >> 8)
