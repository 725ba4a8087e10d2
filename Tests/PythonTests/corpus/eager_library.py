# requires 3.12
"""A library's coroutine takes its first step at once, in a callback, and awaits one of the user's."""
import asyncio
import os
import sys
import tempfile

LIBRARY = '''
import asyncio


class Server:
    def __init__(self, handler):
        self.handler = handler
        self.task = asyncio.Task(
            self.serve(), loop=asyncio.get_running_loop(), eager_start=True)

    async def serve(self):
        return await asyncio.Task(
            self.call(), loop=asyncio.get_running_loop(), eager_start=True)

    async def call(self):
        return await self.handler()
'''


async def handler():
    await asyncio.sleep(0.001)
    return 'handled'


async def quick():
    return 'at once'


async def main():
    servers = []
    for function in handler, quick:
        asyncio.get_running_loop().call_soon(lambda f=function: servers.append(library.Server(f)))
    await asyncio.sleep(0.01)
    for server in servers:
        print(await server.task)


with tempfile.TemporaryDirectory() as folder:
    packages = os.path.join(folder, 'site-packages')
    os.mkdir(packages)
    with open(os.path.join(packages, 'library.py'), 'w') as file:
        file.write(LIBRARY)
    sys.path.insert(0, packages)
    import library
    asyncio.run(main())
