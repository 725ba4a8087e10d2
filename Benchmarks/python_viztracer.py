"""What the recorder costs beside VizTracer: ratios to the plain program, and bytes, in one run.

    python Benchmarks/python_viztracer.py [--python EXE] [--runs N] [--folder FOLDER]

VizTracer runs as `viztracer --log_async`. It and aiohttp come from PyPI into a virtual environment in FOLDER; where that
is out of reach, nothing is measured and the reason is said. Each program times its own work by the processor time of its
process, so that what VizTracer does afterwards, when it writes its file, is not in its ratio; it is told by itself.

`raw facts` is the least that a recorder in Python can cost: hooks that write numbers, of which nobody has made anything
yet (python/raw_facts.py, from 3.12 on).
"""

import argparse
import os
import subprocess
import sys
import tempfile

import python_recorder
from python_recorder import RECORDER, TIMED, measure

HERE = os.path.dirname(os.path.abspath(__file__))
from interpreters import chosen  # noqa: E402 (python_recorder has put its folder on the path)

AIOHTTP = TIMED % ('''
from aiohttp import ClientSession, web
async def greet(request):
    await asyncio.sleep(0)
    return web.Response(text='hello')
async def client(session, url):
    for _ in range(20):
        async with session.get(url) as response:
            await response.text()
async def main():
    app = web.Application()
    app.router.add_get('/', greet)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, '127.0.0.1', 0).start()
    async with ClientSession() as session:
        url = 'http://127.0.0.1:%d/' % runner.addresses[0][1]
        await asyncio.gather(*[client(session, url) for _ in range(50)])
    await runner.cleanup()
''', 'asyncio.run(main())')

WORK = [(name, python_recorder.WORK[name]) for name in (
    'CPU-bound', 'streams echo, 20 × 200', '10,000 tasks × 10 sleep(0)')]
WORK.insert(2, ('aiohttp, 50 clients × 20', AIOHTTP))

RAW_FACTS = os.path.join(HERE, 'python', 'raw_facts.py')

# Entries of VizTracer's ring: enough that nothing of these programs is lost.
ENTRIES = '6000000'


def environment(python, folder):
    made = subprocess.run(
        [os.path.join(HERE, '..', 'scripts', 'python-environment'), python,
         os.path.join(HERE, 'requirements.txt'), folder],
        stdout=subprocess.PIPE, universal_newlines=True)
    if made.returncode:
        print('VizTracer is not compared with.')
        sys.exit()
    return made.stdout.strip()


def row(name, text, python, version, runs, folder):
    script = os.path.join(folder, 'work.py')
    with open(script, 'w') as file:
        file.write(text)
    recording, trace = os.path.join(folder, 'run.jsonl'), os.path.join(folder, 'trace.json')
    recorded = [python, RECORDER, '--output', recording]
    commands = {
        'plain': [python, script],
        'all': recorded + [script],
        'tasks': recorded + ['--detail', 'tasks', script],
        'facts': [python, RAW_FACTS, script, os.path.join(folder, 'facts')],
        'viztracer': [python, '-m', 'viztracer', '--log_async', '--quiet', '--tracer_entries',
                      ENTRIES, '-o', trace, script],
    }
    if version < (3, 12):
        del commands['facts']
    times = {kind: [] for kind in commands}
    sizes, saving = {}, 0
    for _ in range(runs):
        for kind, command in commands.items():
            inner, outer = measure(command)
            times[kind].append(inner)
            if kind == 'viztracer':
                sizes[kind] = os.path.getsize(trace)
                os.remove(trace)
                saving = outer - inner
            elif kind in ('all', 'tasks'):
                sizes[kind] = os.path.getsize(recording)
    base = min(times['plain'])
    ratio = {kind: min(times[kind]) / base for kind in times}
    facts = '%.2f×' % ratio['facts'] if 'facts' in ratio else '–'
    return '| %s | %.0f | %.2f× | %s | %.2f× | %.2f× | %s | %s | %s | 1/%.0f | %.1f s |' % (
        name, base * 1e3, ratio['all'], facts, ratio['tasks'], ratio['viztracer'],
        bytes_text(sizes['all']), bytes_text(sizes['tasks']), bytes_text(sizes['viztracer']),
        sizes['viztracer'] / sizes['all'], saving)


def bytes_text(count):
    return '%.1f MB' % (count / 1e6) if count > 1e5 else '%.1f kB' % (count / 1e3)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--folder', default=os.path.join(HERE, '..', '.build', 'python'))
    arguments = parser.parse_args()
    interpreters = chosen(arguments.python)
    if not interpreters:
        print('There is no Python here: VizTracer is not compared with.')
        return
    for interpreter in interpreters if arguments.python else interpreters[-1:]:
        python = environment(interpreter.path, arguments.folder)
        print('| %s: work | plain, ms | recorded | raw facts | --detail tasks | viztracer --log_async '
              '| bytes | --detail tasks | viztracer | ratio | viztracer starts and saves |'
              % interpreter.version)
        print('|---|---|---|---|---|---|---|---|---|---|---|')
        with tempfile.TemporaryDirectory() as folder:
            for name, text in WORK:
                print(row(name, text, python, interpreter.short, arguments.runs, folder), flush=True)
        print()


if __name__ == '__main__':
    main()
