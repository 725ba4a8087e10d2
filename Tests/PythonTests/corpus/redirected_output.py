# requires 3.7
import asyncio
import contextlib
import io


async def main():
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        print('inside')
        await asyncio.sleep(0)
    print(repr(buffer.getvalue()))

asyncio.run(main())
