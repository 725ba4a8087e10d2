"""Classes whose metaclass tells of each comparison and each hash: nobody may ask for one but the program."""
import asyncio
import gc
import weakref


class Meta(type):
    def __eq__(cls, other):
        print('compared')
        return True

    def __hash__(cls):
        print('hashed')
        return 1

    @property
    def __name__(cls):
        print('named')
        return 'nobody'


class Value(metaclass=Meta):
    def __call__(self, *arguments):
        pass


class Unhashable(type):
    def __eq__(cls, other):
        return False


class Other(metaclass=Unhashable):
    pass


async def take(value, other):
    await asyncio.sleep(0)
    return value


async def main():
    loop = asyncio.get_event_loop()
    kept = [Value() for _ in range(50)]
    for value in kept[:3]:
        loop.call_soon(value, Value(), Other())
        await take(value, Other())
        await asyncio.ensure_future(take(value, [value]))
    future = loop.create_future()
    loop.call_soon(future.set_result, Value())
    await future
    print(len(kept))


def forgotten():
    """A class of which a callback got an object lives no longer than that."""
    class Short(object):
        pass
    loop.call_soon(lambda one: None, Short())
    loop.run_until_complete(asyncio.sleep(0.01))
    return weakref.ref(Short)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
short = forgotten()
gc.collect()
print(short())
loop.close()
