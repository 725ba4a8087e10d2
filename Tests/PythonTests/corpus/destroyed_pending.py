# requires 3.7
import asyncio
import gc
import logging

logging.basicConfig(format='%(levelname)s %(name)s')


async def forever():
    await asyncio.get_event_loop().create_future()


async def main():
    asyncio.ensure_future(forever())
    await asyncio.sleep(0)
    gc.collect()
    print('end')

asyncio.run(main())
