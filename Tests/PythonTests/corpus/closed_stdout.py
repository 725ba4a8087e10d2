# requires 3.7
import asyncio
import sys


async def main():
    sys.stdout.close()
    try:
        print('lost')
    except ValueError as error:
        sys.stderr.write('%s\n' % error)

asyncio.run(main())
