"""httpx on anyio's asyncio backend: 20 requests, five at once, to a server of asyncio's streams.

One request runs into a timeout, which anyio turns into a cancellation of the coroutine within.
"""
import asyncio

import anyio
import httpx

REQUESTS = 20


async def serve(reader, writer):
    request = await reader.readuntil(b'\r\n\r\n')
    path = request.split()[1]
    if path == b'/never':
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


async def wait_in_vain(client):
    with anyio.move_on_after(0.2) as scope:
        await client.get('/never')
    assert scope.cancelled_caught


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    url = 'http://127.0.0.1:%d' % server.sockets[0].getsockname()[1]
    limiter = anyio.CapacityLimiter(5)
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        async with anyio.create_task_group() as group:
            group.start_soon(wait_in_vain, client)
            for number in range(REQUESTS):
                group.start_soon(fetch, client, limiter, number)
    server.close()
    print('%d requests' % REQUESTS)


anyio.run(main)
