# requires 3.7
import asyncio
import threading


async def add(a, b):
    await asyncio.sleep(0)
    return a + b


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def elsewhere():
        future = asyncio.run_coroutine_threadsafe(add(1, 2), loop)
        loop.call_soon_threadsafe(done.set_result, future.result())
    thread = threading.Thread(target=elsewhere)
    thread.start()
    print(await done)
    thread.join()

asyncio.run(main())
