# requires 3.7
import asyncio
import subprocess
import sys


async def main():
    await asyncio.sleep(0)
    print(subprocess.run([sys.executable, '-c', 'import sys; print(sys.argv, len(sys.path) > 1)'],
                         stdout=subprocess.PIPE).stdout)

asyncio.run(main())
