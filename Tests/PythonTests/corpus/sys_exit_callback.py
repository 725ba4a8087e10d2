# requires 3.7
import asyncio
import sys

loop = asyncio.new_event_loop()
loop.call_soon(sys.exit, 3)
loop.call_soon(print, 'after')
try:
    loop.run_forever()
finally:
    print('left')
