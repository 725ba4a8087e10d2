# requires 3.7
import asyncio
import threading


def blocking(n):
    return n, threading.current_thread() is not threading.main_thread()


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, blocking, 3))
    print(threading.active_count() >= 1)

asyncio.run(main())
