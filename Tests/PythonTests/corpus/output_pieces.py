# requires 3.7
import asyncio
import sys


async def speak(name):
    for n in range(2):
        print(name, end=' ')
        sys.stderr.write(name)
        await asyncio.sleep(0)
    sys.stdout.writelines(['\n', 'é ü 漢字 \x7f \x1b[0m\n'])
    sys.stdout.buffer.write(b'bytes\n')


async def main():
    sys.stdout.flush()
    await asyncio.gather(speak('a'), speak('b'))
    print(sys.stdout.name, sys.stdout.encoding, type(sys.stdout).__name__)

asyncio.run(main())
