# requires 3.7
import asyncio


async def echo():
    said = None
    while True:
        try:
            said = yield said
        except ValueError as error:
            said = 'caught %s' % error
        await asyncio.sleep(0)


async def main():
    generator = echo()
    print(await generator.asend(None))
    print(await generator.asend('one'))
    print(await generator.athrow(ValueError('two')))
    await generator.aclose()

asyncio.run(main())
