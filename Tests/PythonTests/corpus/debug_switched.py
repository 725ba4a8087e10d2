import asyncio
import logging

logging.basicConfig(format='%(levelname)s %(message)s')


async def greet(name):
    await asyncio.sleep(0)
    return name


async def forgotten():
    pass


async def main():
    for is_debugged in True, False, True:
        loop.set_debug(is_debugged)
        greeting = greet('a')
        print(loop.get_debug(), type(greeting).__name__, await greeting)
        forgotten()
        print(await asyncio.gather(greet('b'), asyncio.ensure_future(greet('c'))))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.slow_callback_duration = 60        # however busy the machine is
loop.run_until_complete(main())
loop.set_debug(True)
loop.run_until_complete(main())
loop.set_debug(False)
greeting = greet('d')
print(type(greeting).__name__, loop.run_until_complete(greeting))
loop.close()
