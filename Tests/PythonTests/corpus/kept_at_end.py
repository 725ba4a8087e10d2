"""What a module keeps to the end of the interpreter goes as it does by itself."""
import asyncio

kept = []


class Mortal:
    def __del__(self):
        print('gone', asyncio is None, flush=True)


class Loop(asyncio.SelectorEventLoop):
    pass


async def fail():
    mortal = Mortal()
    kept.append(mortal)
    raise ValueError('never retrieved')


async def main():
    kept.append(asyncio.ensure_future(fail()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    raise KeyboardInterrupt


loop = Loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
