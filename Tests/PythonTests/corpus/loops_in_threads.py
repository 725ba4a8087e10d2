# requires 3.7
import asyncio
import threading

results = {}


async def work(name):
    for _ in range(50):
        await asyncio.sleep(0)
    results[name] = True


def run(name):
    asyncio.run(work(name))

threads = [threading.Thread(target=run, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
run('main')
for thread in threads:
    thread.join()
print(sorted(map(str, results)))
