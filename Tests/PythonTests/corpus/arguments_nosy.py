# requires 3.7
import asyncio


class Nosy:
    def __repr__(self):
        print('shown')
        return 'nosy'
    __str__ = __repr__

    def __len__(self):
        print('measured')
        return 1

    def __bool__(self):
        print('asked')
        return True

    def __del__(self):
        print('gone')


class NosyError(Exception):
    def __str__(self):
        print('str of error')
        return 'text'


async def take(thing):
    await asyncio.sleep(0)
    thing = None
    print('dropped')
    await asyncio.sleep(0)
    return Nosy()


async def fail(thing):
    raise NosyError(thing)


async def main():
    await take(Nosy())
    try:
        await asyncio.ensure_future(fail(Nosy()))
    except NosyError:
        print('caught')
    print('end')

asyncio.run(main())
