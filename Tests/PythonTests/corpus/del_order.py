# requires 3.7
import asyncio


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


async def worker(noisy):
    local = Noisy('local ' + noisy.name)
    await asyncio.sleep(0)
    return local


async def main():
    await worker(Noisy('a'))
    print('a done')
    task = asyncio.ensure_future(worker(Noisy('b')))
    await task
    print('b done')
    del task
    print('b dropped')
    asyncio.ensure_future(worker(Noisy('c')))
    await asyncio.sleep(0.001)
    print('c done')

asyncio.run(main())
print('end')
