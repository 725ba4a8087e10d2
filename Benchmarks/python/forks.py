"""What a fork takes, and a command that is Python, until it has ended: by itself, and recorded with it.

    python Benchmarks/python/forks.py
    loopscope record -o run.jsonl python --subprocesses Benchmarks/python/forks.py
"""

import os
import subprocess
import sys
import time


def fork():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def command():
    subprocess.check_call([sys.executable, '-c', 'pass'])


for start, count in (fork, 200), (command, 50):
    begun = time.perf_counter()
    for _ in range(count):
        start()
    print('%.1f ms a %s' % ((time.perf_counter() - begun) * 1000 / count, start.__name__))
