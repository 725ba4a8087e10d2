# requires 3.7
"""Which files ran, as coverage.py has it: code that is in no file does not count."""
import asyncio
import os
import sys
import threading

library = os.path.dirname(os.__file__)
files = set()


def trace(frame, event, argument):
    name = frame.f_code.co_filename
    file = str(frame.f_globals.get('__file__') or name)
    if os.path.basename(file) != os.path.basename(name):
        file = name
    if not file.startswith(('<', library)):
        files.add(os.path.basename(file))


async def main():
    await asyncio.sleep(0.001)
    print('said')
    await asyncio.get_running_loop().run_in_executor(None, str)

sys.settrace(trace)
threading.settrace(trace)
asyncio.run(main())
sys.settrace(None)
print(sorted(files))
