"""httpx on anyio's asyncio backend: 20 requests, five at once, to a server of asyncio's streams.

One request is given up once the server has it: anyio cancels the coroutine within.
"""
import asyncio
import functools
import gc

import anyio
import httpx

REQUESTS = 20


async def serve(asked, reader, writer):
    request = await reader.readuntil(b'\r\n\r\n')
    path = request.split()[1]
    if path == b'/never':
        asked.set()
        await asyncio.sleep(3600)
    body = b'you asked for ' + path
    writer.write(b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n' % len(body))
    writer.write(body)
    await writer.drain()
    writer.close()


async def fetch(client, limiter, number):
    async with limiter:
        response = await client.get('/%d' % number)
    assert response.text == 'you asked for /%d' % number


async def wait_in_vain(client, asked):
    async with anyio.create_task_group() as group:
        group.start_soon(client.get, '/never')
        await asked.wait()
        group.cancel_scope.cancel()


async def main():
    asked = anyio.Event()
    server = await asyncio.start_server(functools.partial(serve, asked), '127.0.0.1', 0)
    url = 'http://127.0.0.1:%d' % server.sockets[0].getsockname()[1]
    limiter = anyio.CapacityLimiter(5)
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        async with anyio.create_task_group() as group:
            group.start_soon(wait_in_vain, client, asked)
            for number in range(REQUESTS):
                group.start_soon(fetch, client, limiter, number)
    server.close()
    print('%d requests' % REQUESTS)


gc.disable()            # or it decides whether a generator that nobody has ended is there at the end
anyio.run(main)
