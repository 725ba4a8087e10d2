"""Runs Python programs on a virtual clock: python run_twins.py FOLDER SCRIPT...

What each prints goes to FOLDER/NAME.out and FOLDER/NAME.err. asyncio itself is untouched: only the
clock jumps where the selector would wait. Each program runs in a process of its own, so that it
ends as it would alone.
"""
import asyncio
import os
import runpy
import selectors
import sys
import threading
import time

now = 0.0


def virtual_time(*ignored):
    """Moves a little with every look, as a real clock does, so that no two deadlines are equal."""
    global now
    now += 1e-7
    return now


def virtual_sleep(seconds):
    global now
    if threading.current_thread() is threading.main_thread():
        now += seconds
    else:
        real_sleep(seconds / 10)


class VirtualSelector(selectors.DefaultSelector):
    def select(self, timeout=None):
        global now
        if threading.active_count() > 1 and timeout != 0:
            # A thread is at work: its tenth of a second is one of the clock's.
            began = real_time()
            events = super().select(None if timeout is None else timeout / 10)
            now += (real_time() - began) * 10
            return events
        if timeout is None:
            # Nothing will ever happen: alone, the program would hang here.
            sys.stdout.flush()
            os._exit(3)
        events = super().select(None if timeout is None else 0)
        if not events and timeout:
            now += timeout
        return events


real_sleep, time.sleep = time.sleep, virtual_sleep
real_time = time.monotonic
asyncio.BaseEventLoop.time = virtual_time
asyncio.new_event_loop = lambda: asyncio.SelectorEventLoop(VirtualSelector())

folder = sys.argv[1]
for script in sys.argv[2:]:
    child = os.fork()
    if child == 0:
        break
    os.waitpid(child, 0)
else:
    sys.exit()

name = os.path.splitext(os.path.basename(script))[0]
for descriptor, suffix in ((1, ".out"), (2, ".err")):
    file = os.open(os.path.join(folder, name + suffix), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(file, descriptor)
sys.argv = [script]
runpy.run_path(script, run_name="__main__")
