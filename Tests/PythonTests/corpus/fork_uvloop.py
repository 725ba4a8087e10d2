# requires 3.7
# not with --subprocesses
"""In a process that was forked, and is not recorded, uvloop's loop is its own again."""
import asyncio
import os
import sys
import tempfile

UVLOOP = '''
import asyncio


class Loop(asyncio.SelectorEventLoop):
    is_fast = True


def new_event_loop():
    return Loop()
'''


def serve():
    import uvloop
    for loop in uvloop.new_event_loop(), uvloop.Loop():
        print(hasattr(loop, 'is_fast'), flush=True)
        loop.close()


def fork():
    process = os.fork()
    if process == 0:
        serve()
        os._exit(0)
    os.waitpid(process, 0)


with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, 'uvloop.py'), 'w') as file:
        file.write(UVLOOP)
    sys.path.insert(0, folder)
    fork()
    import uvloop
    fork()
