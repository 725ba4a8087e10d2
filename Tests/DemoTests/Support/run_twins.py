"""Runs Python programs on a virtual clock: python run_twins.py FOLDER SCRIPT...

What each prints goes to FOLDER/NAME.out and FOLDER/NAME.err. asyncio itself is untouched: only the
clock jumps where the selector would wait. Each program runs in a process of its own, so that it
ends as it would alone.
"""
import asyncio
import concurrent.futures
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
        return
    awake = threading.Event()
    sleepers.append((now + seconds, awake))
    awake.wait()


def submit(pool, *arguments, **more):
    """Counts the work that threads have not finished."""
    global working
    working += 1
    future = real_submit(pool, *arguments, **more)
    future.add_done_callback(finished)
    return future


def finished(future):
    global working
    working -= 1


class VirtualSelector(selectors.DefaultSelector):
    def select(self, timeout=None):
        global now
        while working > len(sleepers):
            # A thread is at work: it goes to sleep or brings a result at once.
            events = super().select(0.001)
            if events:
                return events
        events = super().select(0)
        if events or timeout == 0:
            return events
        if sleepers and (timeout is None or min(sleepers)[0] <= now + timeout):
            now, awake = min(sleepers)
            sleepers.remove((now, awake))
            awake.set()
            return super().select(1)
        if timeout is None:
            # Nothing will ever happen: alone, the program would hang here.
            sys.stdout.flush()
            os._exit(3)
        now += timeout
        return events


sleepers = []
working = 0
real_submit = concurrent.futures.ThreadPoolExecutor.submit
concurrent.futures.ThreadPoolExecutor.submit = submit
time.sleep = virtual_sleep
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
