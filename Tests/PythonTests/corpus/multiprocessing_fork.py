# requires 3.7
import asyncio
import multiprocessing


def child(queue):
    queue.put('from the child')


async def main():
    await asyncio.sleep(0)

if __name__ == '__main__':
    asyncio.run(main())
    context = multiprocessing.get_context('fork')
    queue = context.Queue()
    process = context.Process(target=child, args=(queue,))
    process.start()
    print(queue.get())
    process.join()
    print(process.exitcode)
