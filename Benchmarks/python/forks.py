"""What a fork takes, until the child has ended: by itself, and recorded with its child.

    python Benchmarks/python/forks.py
    loopscope record -o run.jsonl python --subprocesses Benchmarks/python/forks.py
"""

import os
import time

COUNT = 200

begun = time.perf_counter()
for _ in range(COUNT):
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
print('%.1f ms a fork' % ((time.perf_counter() - begun) * 1000 / COUNT))
