# requires 3.8
import asyncio
import sys


async def main():
    task = asyncio.create_task(asyncio.sleep(0), name='named')
    print(task.get_name(), asyncio.current_task().get_name())
    print(asyncio.create_task(asyncio.sleep(0)).get_name())
    await task

print(__name__, __doc__, __package__, __spec__, sorted(k for k in globals()))
print(sys.argv[1:], len(sys.argv), sys.argv[0].endswith('names_and_state.py'))
print(__file__.endswith('names_and_state.py'), sys.path[0].endswith('corpus'))
print(sys.modules['__main__'].__dict__ is globals(), 'loopscope_recorder' in sys.modules)
print(sys.getrecursionlimit(), sys.gettrace(), sys.getprofile(), sys.flags.dev_mode)
print(open(__file__).fileno())
asyncio.run(main())
