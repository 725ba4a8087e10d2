"""Runs one workload: python workload.py NAME SCALE asyncio|uvloop. Prints nanoseconds.

They are processor time of this process from just before the loop is made until it is closed.
asyncio runs on a virtual clock, uvloop, which has none, on the real one: waiting costs no
processor time.
"""
import asyncio
import importlib
import os
import selectors
import sys
import time


class VirtualSelector(selectors.DefaultSelector):
    """Jumps where a selector would wait, with no call to the system."""

    now = 0.0

    def select(self, timeout=None):
        if timeout:
            self.now += timeout
            return []
        return super().select(timeout)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.selector = VirtualSelector()
        super().__init__(self.selector)

    def time(self):
        return self.selector.now


def resident():
    """Bytes of memory that this process has in use."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def factory(name):
    if name == "asyncio":
        return VirtualLoop
    import uvloop
    return uvloop.new_event_loop


if __name__ == "__main__":
    workload = importlib.import_module(sys.argv[1])
    scale = float(sys.argv[2])
    new_loop = factory(sys.argv[3])
    begun = time.process_time_ns()
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(workload.main(scale))
    print(time.process_time_ns() - begun)
