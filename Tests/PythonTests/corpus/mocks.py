# requires 3.8
import asyncio
from unittest import mock


async def main():
    loop = asyncio.get_running_loop()
    callback = mock.Mock()
    loop.call_soon(callback, mock.Mock(spec=asyncio.Future))
    task_like = mock.Mock(spec=asyncio.Task)
    loop.call_soon(task_like, task_like)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(callback.call_count, callback.mock_calls[0][0], task_like.mock_calls[0][0])
    awaited = mock.AsyncMock(return_value=3)
    print(await awaited(), awaited.await_count)

asyncio.run(main())
