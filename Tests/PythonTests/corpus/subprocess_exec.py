# requires 3.8
import asyncio
import sys


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, '-c', 'print(input()[::-1])',
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(await process.communicate(b'abc\n'), process.returncode)

asyncio.run(main())
