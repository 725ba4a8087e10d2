# requires 3.7
# What the recorder needs of the system may be a mock of the program's meanwhile.
import asyncio
import contextlib
import helper_module
from unittest import mock

NAMES = ['builtins.open', 'gc.get_objects', 'gc.get_referents', 'io.BytesIO', 'io.open', 'os.close',
         'os.fstat', 'os.getpid', 'os.open', 'os.path.exists', 'os.read', 'os.stat', 'os.write',
         'time.sleep', 'time.thread_time_ns', 'time.time', 'traceback.extract_stack', 'weakref.ref']


async def main():
    with contextlib.ExitStack() as stack:
        mocks = [stack.enter_context(mock.patch(name)) for name in NAMES]
        for _ in range(30):
            assert await helper_module.double(2) == 4
            await asyncio.sleep(0.01)
    for name, one in zip(NAMES, mocks):
        print(name, one.mock_calls[:3])

asyncio.run(main())
