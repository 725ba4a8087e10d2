# no le line: nothing ran
import asyncio

async def main()
    pass
