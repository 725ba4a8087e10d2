import asyncio


class Bowl:
    bites = 0


async def eat(number, bowl, condition):
    async with condition:
        await condition.wait_for(lambda: bowl.bites > 0)
        bowl.bites -= 1
        print("%d eats, %d left" % (number, bowl.bites))


async def fill(bowl, condition):
    for _ in range(2):
        await asyncio.sleep(1)
        async with condition:
            bowl.bites += 1
            print("filled")
            condition.notify_all()


async def main():
    bowl = Bowl()
    condition = asyncio.Condition()
    await asyncio.gather(eat(1, bowl, condition), eat(2, bowl, condition), fill(bowl, condition))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
