# requires 3.7
import asyncio
import contextvars

user = contextvars.ContextVar('user', default='nobody')


async def show(name):
    user.set(name)
    await asyncio.sleep(0)
    print(name, user.get())


async def main():
    await asyncio.gather(show('a'), show('b'))
    asyncio.get_running_loop().call_soon(lambda: print('callback', user.get()))
    await asyncio.sleep(0)
    print('main', user.get())

asyncio.run(main())
