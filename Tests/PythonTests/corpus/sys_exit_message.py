# requires 3.7
import asyncio
import sys


async def main():
    sys.exit('a message')

try:
    asyncio.run(main())
finally:
    print('finally')
