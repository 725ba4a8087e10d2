# requires 3.7
import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    a, b = socket.socketpair()
    a.setblocking(False)
    b.setblocking(False)
    print(a.fileno(), b.fileno())
    receiving = asyncio.ensure_future(loop.sock_recv(b, 10))
    await asyncio.sleep(0)
    await loop.sock_sendall(a, b'data')
    print(await receiving)
    a.close()
    b.close()

asyncio.run(main())
