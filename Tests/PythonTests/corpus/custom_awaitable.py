# requires 3.7
import asyncio
import types


class Twice:
    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        yield from asyncio.sleep(0).__await__()
        return 'twice'


class Iterator:
    def __init__(self):
        self.left = 2

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration('iterated')
        self.left -= 1


@types.coroutine
def old_style():
    yield
    return 'old'


async def main():
    print(await Twice(), await Iterator(), await old_style())

asyncio.run(main())
