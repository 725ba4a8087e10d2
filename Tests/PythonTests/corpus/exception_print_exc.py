# requires 3.7
import asyncio
import logging
import sys
import traceback


async def fail():
    await asyncio.sleep(0)
    1 / 0


async def main():
    try:
        await fail()
    except ZeroDivisionError:
        traceback.print_exc()
        logging.exception('logged')
        print(traceback.format_exc(), file=sys.stderr)
        print(len(traceback.extract_tb(sys.exc_info()[2])))

asyncio.run(main())
