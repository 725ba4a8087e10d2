# requires 3.8
import asyncio


async def main():
    process = await asyncio.create_subprocess_shell('echo out; exit 3')
    print(await process.wait(), flush=True)

asyncio.run(main())
