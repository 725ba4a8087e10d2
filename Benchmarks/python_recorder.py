"""What the recorder costs: ratios to the plain program, side by side.

    python Benchmarks/python_recorder.py [--python EXE] [--runs N]

Each program times its own work by the processor time of its process; of N runs, alternating, the
least counts. Starting the recorder is not in it, and is shown by itself.

Both sides run with one fixed threshold of malloc for mmap. Without that, a plain program maps and
unmaps asyncio's receive buffer of 256 KiB each time, while under the recorder, which has freed a
large block before, glibc has raised the threshold by itself: streams then look twice as good as
they are, and `--detail tasks` twice as fast as the plain program.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'Tests',
                                'PythonTests', 'recorder'))
from joined import RECORDER  # noqa: E402

TIMED = '''
import asyncio, sys, time
%s
begun = time.process_time()
%s
sys.stdout.write('%%f\\n' %% (time.process_time() - begun))
'''

WORK = {
    '10,000 tasks × 10 sleep(0)': TIMED % ('''
async def worker():
    for _ in range(10):
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*[worker() for _ in range(10000)])
''', 'asyncio.run(main())'),
    '1,000 tasks × 100 sleep(0)': TIMED % ('''
async def worker():
    for _ in range(100):
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*[worker() for _ in range(1000)])
''', 'asyncio.run(main())'),
    'streams echo, 20 × 200': TIMED % ('''
async def serve(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            break
        writer.write(line)
        await writer.drain()
    writer.close()
async def client(port):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    for _ in range(200):
        writer.write(b'hello\\n')
        await reader.readline()
    writer.close()
async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    await asyncio.gather(*[client(port) for _ in range(20)])
    server.close()
''', 'asyncio.run(main())'),
    'direct awaits, 3,000 × 100 deep': TIMED % ('''
async def level(n):
    if n:
        await level(n - 1)
async def main():
    for _ in range(3000):
        await level(100)
''', 'asyncio.run(main())'),
    'CPU-bound': TIMED % ('''
def work(n):
    total = 0
    for i in range(n):
        total += i * i % 7
    return total
async def main():
    for _ in range(10):
        work(200000)
''', 'asyncio.run(main())'),
    'recursive function': TIMED % ('''
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
async def main():
    fib(30)
''', 'asyncio.run(main())'),
}


ALIKE = dict(os.environ, MALLOC_MMAP_THRESHOLD_=str(64 << 20), MALLOC_TRIM_THRESHOLD_=str(64 << 20))


def measure(command):
    begun = time.perf_counter()
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=ALIKE)
    return float(result.stdout), time.perf_counter() - begun


def events_in(path):
    """The number of events of a recording, and its bytes without the header."""
    with open(path, 'rb') as file:
        size = os.fstat(file.fileno()).st_size - len(file.readline())
        return sum(map(count, map(json.loads, file))), size


def count(line):
    """How many events a line tells."""
    several = {'s': 0, 'hy': 5, 'hz': 5, 'th': 2, 'tl': 2, 'tw': 2, 'te': 2, 'hd': 2, 'hr': 4, 'hw': 4 + (len(line) > 7),
               'ha': 5, 'cb': 3}
    return line[4] if line[0] == 'hx' else several.get(line[0], 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', default=sys.executable)
    parser.add_argument('--runs', type=int, default=5)
    arguments = parser.parse_args()
    python = arguments.python
    version = subprocess.run([python, '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'],
                             stdout=subprocess.PIPE, universal_newlines=True).stdout.strip()
    print('| %s: work | plain, ms | recorded | --stacks | ns an event | bytes an event | --detail tasks |'
          % version)
    print('|---|---|---|---|---|---|---|')
    with tempfile.TemporaryDirectory() as folder:
        script, path = os.path.join(folder, 'work.py'), os.path.join(folder, 'run.jsonl')
        recorded = [python, RECORDER, '--output', path]
        starts = []
        for name, text in WORK.items():
            with open(script, 'w') as file:
                file.write(text)
            plain, full, few, seen = [], [], [], []
            for _ in range(arguments.runs):
                inner, outer = measure([python, script])
                plain.append(inner)
                inner, whole = measure(recorded + [script])
                starts.append((whole - inner) - (outer - plain[-1]))
                full.append(inner)
                events, size = events_in(path)
                few.append(measure(recorded + ['--detail', 'tasks', script])[0])
                seen.append(measure(recorded + ['--stacks', script])[0])
            base = min(plain)
            many = events > 1000            # else what one costs drowns in the noise
            each = '%.0f' % ((min(full) - base) / events * 1e9) if many else '–'
            print('| %s | %.0f | %.2f× | %.2f× | %s | %s | %.2f× |' % (
                name, base * 1e3, min(full) / base, min(seen) / base, each, '%.1f' % (size / events) if many else '–',
                min(few) / base), flush=True)
        print('\nStarting the recorder: %.0f ms.' % (sorted(starts)[len(starts) // 2] * 1e3))


if __name__ == '__main__':
    main()
