# requires 3.7
"""A loop that runs again within its own handles, or another one there, as with nest_asyncio; and one that is hidden."""
import asyncio
from asyncio import events, tasks

tasks.Task = asyncio.Task = tasks._PyTask       # which can be put aside
for name in 'enter_task', 'leave_task':
    setattr(tasks, '_' + name, getattr(tasks, '_py_' + name, getattr(tasks, '_' + name)))


class Loop(asyncio.SelectorEventLoop):
    def run_until_complete(self, future):
        before = events._get_running_loop()
        events._set_running_loop(self)
        try:
            task = asyncio.ensure_future(future, loop=self)
            while not task.done():
                current = tasks._current_tasks.pop(self, None)
                self._run_once()
                if current is not None:
                    tasks._current_tasks[self] = current
            return task.result()
        finally:
            events._set_running_loop(before)


async def count(name):
    for number in range(3):
        await asyncio.sleep(0.001)
        print(name, number)
    return name


async def deep(depth):
    if depth:
        print(depth, loop.run_until_complete(deep(depth - 1)))
    await asyncio.sleep(0)
    return depth


async def fails():
    await asyncio.sleep(0)
    raise ValueError('no')


async def run_another():
    await asyncio.sleep(0)
    other = Loop()
    print(other.run_until_complete(count('of another loop')))
    other.close()
    await asyncio.sleep(0)


async def main():
    events._set_running_loop(None)
    events._set_running_loop(loop)
    await deep(0)
    await asyncio.gather(run_another(), asyncio.sleep(0.01))
    task = asyncio.ensure_future(count('beside'))
    print(loop.run_until_complete(count('within')))
    await deep(3)
    try:
        loop.run_until_complete(fails())
    except ValueError as error:
        print(error)
    loop.call_soon(lambda: print(loop.run_until_complete(count('of a callback'))))
    print(await task)
    await asyncio.sleep(0.01)

loop = Loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
