"""Records what asyncio does in a Python program that was never prepared for it.

    python loopscope_recorder.py --output run.jsonl [options] [--] script.py [argument ...]
    python loopscope_recorder.py --output run.jsonl [options] -m module [argument ...]

or, from inside a program, after copying this file beside it:

    import loopscope_recorder; loopscope_recorder.start('run.jsonl')

until its end, or `loopscope_recorder.stop()`.

    --output FILE         write the recording to FILE.part, and rename that to FILE at the end;
                          compressed, if its name ends in .gz. Replaces recordings only
    --socket FD           send it over an inherited stream socket, and take the commands
                          hold, go and step from there, one a line
    --door PATH           with --subprocesses: send what other processes do over a socket of their own
                          to whoever listens there
    --hold                begin held, before the first handle
    --clock real|virtual  virtual: when nothing is ready, time jumps to the next timer
    --seed N              with a virtual clock: how late timers fire, and which of the descriptors
                          that are ready come first, is drawn from this number
    --chances N           with a seed: only the first N times; after that all is in time and order
    --scope user|all      whose coroutines get a lane (user: not those of installed libraries)
    --keep-loop           where uvloop is to run, let it, and record tasks only. Without this,
                          asyncio's own loop runs in its place, for uvloop's cannot be watched
    --detail all|tasks    tasks: no coroutines, no ready queue; for production
    --subprocesses        also record each process that the program forks, starts by multiprocessing or as
                          a command that is Python, and that makes a loop, into a file with its number:
                          run.1234.jsonl
    --stacks              also look 50 times a second at where the running step is
    --max-events N        stop recording after about N events
    --keep-last N         keep only about the newest N events

The recording is the text file that docs/recording-format.md describes. One file, standard
library only, CPython 3.6 to 3.15.

How it sees, and why the program does not notice:

* The ready queue of every loop written in Python is a deque, `loop._ready`. We put a subclass in
  its place. Its `append` sees every handle that enters the queue and why; its `popleft` sees the
  handle before it end and the next one begin; its truth value, which the loop asks for once a
  tick, says when the loop goes idle. None of our frames is on the stack while a handle runs, so
  tracebacks stay what they were.
* After each step of a task, its coroutine's chain of awaits leads to what it waits for.
* From CPython 3.12 on, `sys.monitoring` tells each start and end of a coroutine. Before that, the
  chain is compared with the one of the step before, and garbage collector's newest generation
  shows which coroutine objects were made.

No code of the program may run because of us: no `__getattr__`, no `__repr__`, no `__eq__`. And
nothing of it may live longer because of us: all references to its objects are weak, or are
dropped before its own code runs again.
"""

import os
import sys

VERSION = sys.version_info[:2]
CPYTHON = getattr(getattr(sys, 'implementation', None), 'name', '') == 'cpython'

if not CPYTHON or not (3, 6) <= VERSION <= (3, 15):
    sys.stderr.write('loopscope records programs under CPython 3.6 to 3.15; this is %s %d.%d.\n' % (
        getattr(getattr(sys, 'implementation', None), 'name', 'Python'), VERSION[0], VERSION[1]))
    sys.exit(2)
HAS_GIL = getattr(sys, '_is_gil_enabled', lambda: True)()
if not HAS_GIL and VERSION < (3, 14):
    sys.stderr.write('loopscope records programs without the global interpreter lock from CPython 3.14 on: '
                     'set PYTHON_GIL=1.\n')
    sys.exit(2)

if __name__ == '__main__' and not (
        sys.flags.isolated if sys.version_info < (3, 11) else sys.flags.safe_path):
    del sys.path[0]         # our own folder: nothing may be imported from there

import atexit


def _last_words():
    finish()


atexit.register(_last_words)    # first of all, so that it is called last

_is_lazy = getattr(sys, 'get_lazy_imports', str)() == 'all'
if _is_lazy:
    sys.set_lazy_imports('normal')      # we look into these modules: they have to be there

import _signal
import _thread
import asyncio
import builtins
import enum
import functools
import gc
import io
import opcode
import posix
import select
import selectors
import signal
import time
import traceback
import types
import warnings
import weakref
from _json import encode_basestring_ascii
from asyncio import base_events, base_subprocess, events, futures, locks, queues, selector_events
from asyncio import streams, subprocess as async_subprocess, tasks, unix_events
from collections import deque
from itertools import chain as flatten, count, dropwhile, islice

if _is_lazy:
    sys.set_lazy_imports('all')

# What is called while the program runs is kept here, or taken from modules such as `posix`: what the
# program may have put in its place, a mock for example, must not hear from us.
getframe, is_finalizing = sys._getframe, sys.is_finalizing
get_ident = _thread.get_ident
referents, objects_alive, FileIO = gc.get_referents, gc.get_objects, io.FileIO

CoroutineType, GeneratorType = types.CoroutineType, types.GeneratorType
AsyncGeneratorType, FunctionType = types.AsyncGeneratorType, types.FunctionType
MethodType, BuiltinType = types.MethodType, types.BuiltinFunctionType

COROUTINE, ITERABLE_COROUTINE, ASYNC_GENERATOR = 0x80, 0x100, 0x200
ASYNC_CODE = COROUTINE | ITERABLE_COROUTINE | ASYNC_GENERATOR
AWAITING_CODE = ASYNC_CODE | 0x20                       # and plain generators

HAS_MONITORING = VERSION >= (3, 12)
HIDES_TASKS = VERSION >= (3, 14)                        # whether C keeps its tasks to itself
exact = False               # whether starts and ends of coroutines are told

