# requires 3.8
import asyncio


class Task(asyncio.Task):
    def __repr__(self):
        return '<mine>'


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **kw: Task(coro, loop=loop, **kw))
    task = loop.create_task(asyncio.sleep(0, 'result'))
    print(task, await task)

asyncio.run(main())
