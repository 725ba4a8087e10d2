# requires 3.8
import asyncio


class Room:
    def __init__(self):
        self.queues = {}

    async def join(self, name):
        self.queues[name] = asyncio.Queue()
        while True:
            message = await self.queues[name].get()
            if message is None:
                return
            print(name, 'hears', message)

    async def say(self, text):
        for queue in self.queues.values():
            await queue.put(text)
            await asyncio.sleep(0)


async def main():
    room = Room()
    people = [asyncio.create_task(room.join(name), name=name) for name in ('ann', 'bob')]
    await asyncio.sleep(0)
    await room.say('hi')
    await room.say(None)
    await asyncio.wait(people)

asyncio.run(main())
