# requires 3.8
import asyncio


async def serve(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            break
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def client(port, n):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    lines = []
    for word in ('hello', 'world'):
        writer.write(('%s %d\n' % (word, n)).encode())
        lines.append(await reader.readline())
    writer.close()
    await writer.wait_closed()
    return lines


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    for lines in await asyncio.gather(*[client(port, n) for n in range(3)]):
        print(lines)
    server.close()
    await server.wait_closed()

asyncio.run(main())
