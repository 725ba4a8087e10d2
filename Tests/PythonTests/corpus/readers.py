# requires 3.7
import asyncio
import os


async def main():
    loop = asyncio.get_running_loop()
    r, w = os.pipe()
    print(r, w)
    done = loop.create_future()

    def readable():
        loop.remove_reader(r)
        done.set_result(os.read(r, 10))
    loop.add_reader(r, readable)
    os.write(w, b'abc')
    print(await done)

asyncio.run(main())
