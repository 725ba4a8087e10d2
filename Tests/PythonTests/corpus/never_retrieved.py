# requires 3.8
import asyncio
import gc


async def fail():
    raise ValueError('nobody looks')


async def main():
    task = asyncio.ensure_future(fail())
    task.set_name('loser')
    await asyncio.sleep(0.001)
    del task
    gc.collect()
    print('end')

asyncio.run(main())
