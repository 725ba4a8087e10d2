import asyncio


async def say(word):
    print(word)


async def main():
    task = asyncio.ensure_future(say('C'))
    print('A')
    await say('B')
    await task
    print('D')

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
