# requires 3.7
import asyncio


class Receiver(asyncio.DatagramProtocol):
    def __init__(self, done):
        self.done = done

    def datagram_received(self, data, address):
        self.done.set_result(data)


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Receiver(done), local_addr=('127.0.0.1', 0))
    sender, _ = await loop.create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=transport.get_extra_info('sockname'))
    sender.sendto(b'datagram')
    print(await done)
    sender.close()
    transport.close()

asyncio.run(main())
