# requires 3.7
"""Threads ask a loop in another thread for results, which itself leaves work to others."""
import asyncio
import concurrent.futures
import sys
import threading

QUESTIONS = 400


async def answer(number):
    await asyncio.sleep(0.001 * (number % 5))
    return await asyncio.get_running_loop().run_in_executor(None, abs, number)


def ask(number):
    return asyncio.run_coroutine_threadsafe(answer(number), loop).result()


sys.setswitchinterval(1e-6)
loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever)
thread.start()
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(ask, range(QUESTIONS))))
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()


def too_late():
    try:
        loop.call_soon_threadsafe(print)
    except RuntimeError:
        raise SystemError('the loop is closed')


late = threading.Thread(target=too_late)
late.start()
late.join()
