# requires 3.7
import asyncio


async def ticker(loop):
    for n in range(3):
        print('tick', n)
        await asyncio.sleep(0.001)
    loop.stop()
    await asyncio.sleep(0)
    print('after stop')

loop = asyncio.new_event_loop()
task = loop.create_task(ticker(loop))
loop.run_forever()
print('stopped')
loop.run_until_complete(task)
loop.close()
