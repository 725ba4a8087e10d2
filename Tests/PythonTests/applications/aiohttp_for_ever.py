"""A server of aiohttp and 50 clients of it, which ask it for ever."""
import asyncio

from aiohttp import ClientSession, TCPConnector, web

CLIENTS = 50
served = set()


async def greet(request):
    await asyncio.sleep(0.01)
    return web.json_response({'hello': request.match_info['name']})


async def client(session, url, number):
    while True:
        async with session.get('%s/cat-%d' % (url, number)) as response:
            answer = await response.json()
        assert answer == {'hello': 'cat-%d' % number}
        served.add(number)
        if len(served) == CLIENTS:
            print('%d clients are served' % CLIENTS)
            served.clear()


async def main():
    app = web.Application()
    app.router.add_get('/{name}', greet)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, '127.0.0.1', 0).start()
    url = 'http://127.0.0.1:%d' % runner.addresses[0][1]
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        await asyncio.gather(*[client(session, url, n) for n in range(CLIENTS)])


asyncio.run(main())
