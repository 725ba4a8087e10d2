"""A step that nobody runs any more: its task dies with the loop, at the end of the interpreter, and says so."""
import asyncio


async def use():
    await asyncio.sleep(0)


async def main():
    loop.create_task(use())
    1 / 0


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
