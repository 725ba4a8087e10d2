# requires 3.7
import asyncio

import helper_module


async def main():
    print(await helper_module.double(4))
    await helper_module.fail()

asyncio.run(main())
