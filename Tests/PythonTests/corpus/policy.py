# requires 3.7
import asyncio
import selectors
import warnings

warnings.simplefilter('ignore')


class Loop(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, **kwargs):
        self.calls = getattr(self, 'calls', 0) + 1
        return super().call_soon(callback, *args, **kwargs)


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        return Loop(selectors.SelectSelector())


async def main():
    await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    print(type(loop).__name__, loop.calls)

asyncio.set_event_loop_policy(Policy())
asyncio.run(main())
