"""Runs every command that reads a recording on recordings that are damaged: `make damage`.

    python fuzz.py PROGRAM [--seeds FIRST COUNT] [--jobs N] [--python EXE] [--keep FOLDER]

    PROGRAM   the built loopscope
    --seeds   which damage is done; 0 100 if it is left out
    --python  also damages recordings of scripts of the corpus under this interpreter
    --keep    where recordings are left for which something was wrong

A command must end by itself, soon and within bounds of memory, with the status that is documented;
what it writes must be whole, and must steer neither terminal nor browser nor spreadsheet. Whether
what it says makes sense is not asked. Exit status 1 if anything was wrong.
"""

import argparse
import copy
import glob
import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import answers
from damage import Damage

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
CORPUS = os.path.join(ROOT, 'Tests', 'PythonTests', 'corpus')

DEMOS = ['lock', 'semaphore', 'condition', 'barrier', 'producer-consumer', 'deadlock', 'timeout',
         'task-group', 'exception-in-gather', 'never-retrieved', 'cancel', 'eager']
SCRIPTS = ['async_generator', 'queues_of_all_kinds', 'taskgroup_failure', 'threads_ask', 'streams',
           'subprocess_exec', 'left_pending', 'output_pieces', 'keyboard_interrupt', 'wait_first',
           'debug_mode']
WAYS = [('all.jsonl', []), ('tasks.jsonl', ['--detail', 'tasks']),
        ('last.jsonl.gz', ['--keep-last', '60']), ('stacks.jsonl', ['--stacks'])]

FORMATS = ['html', 'svg', 'asciicast', 'csv', 'chrome', 'folded']
PANES = ['lanes', 'output', 'events', 'loop', 'source', 'inspector', 'findings', 'path']
# For each command, in seconds of one processor and MiB.
MOST_TIME, MOST_MEMORY = 20, 2000


class Fuzz:
    def __init__(self, options):
        self.options = options
        self.folder = tempfile.mkdtemp(prefix='loopscope-damage-')
        self.recordings = [self.read(path) for path in self.record()]
        whole = self.recordings[0][0]
        self.page = answers.Page(self.run(['export', whole, '--format', 'html'])[1].decode())

    def record(self):
        """The paths of recordings of many kinds."""
        yield from sorted(glob.glob(os.path.join(ROOT, 'demos', 'recordings', '*', '*.jsonl')))
        for demo in DEMOS:
            yield from self.recorded(demo + '.jsonl', ['demo', demo])
        if self.options.python:
            for script in SCRIPTS:
                for name, way in WAYS:
                    path = os.path.join(CORPUS, script + '.py')
                    python = ['python', '--python', self.options.python] + way + [path]
                    yield from self.recorded('%s-%s' % (script, name), python)

    def recorded(self, name, arguments):
        path = os.path.join(self.folder, name)
        self.run(['record', '-o', path] + arguments, isBounded=False)
        # Whole seeds of damage for one recording of 10,000 lines would say less than for ten of 100.
        if os.path.exists(path) and os.path.getsize(path) < 60_000:
            yield path

    def read(self, path):
        with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as file:
            lines = [json.loads(line) for line in file.read().splitlines()]
        return path, lines[0], lines[1:]

    def run(self, arguments, isBounded=True):
        """The status, what was printed, and the seconds of a processor that it took."""
        def bound():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if isBounded:
                resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY << 20,) * 2)
                resource.setrlimit(resource.RLIMIT_CPU, (MOST_TIME,) * 2)

        result = subprocess.run(
            [self.options.program] + arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, preexec_fn=bound,
            env=dict(os.environ, SWIFT_BACKTRACE='enable=no'))
        return result.returncode, result.stdout, result.stderr

    def commands(self, path, other, pick):
        """Each command that reads, the form of its output, and the statuses that it may have."""
        at = ['--at', pick(['0%', '50%', '100%', '0s', '1s', '8900000000s', 'event:7', 'step:3'])]
        size = ['--size', pick(['1x1', '40x12', '80x24', '200x60', '1000x100'])]
        yield ['events', path], 'text'
        yield ['why', path, ''], 'text'
        yield ['why', path, ''] + at, 'text'
        yield ['snapshot', path] + size, 'text'
        yield ['snapshot', path] + at + size + ['--pane', pick(PANES), pick(PANES)], 'text'
        yield ['play', path], 'text'
        for command in ('path', 'stats', 'findings'):
            yield [command, path], 'text'
            yield [command, path, '--json'] + at, 'json'
            yield [command, path, '--json'], 'json'
        yield ['stats', path, '--since', at[1]], 'text'
        yield ['diff', path, other], 'text'
        yield ['diff', other, path, '--json'], 'json'
        for form in FORMATS:
            yield ['export', path, '--format', form], form

    def damage(self, seed):
        """Sentences about what was wrong with one damaged recording."""
        other, header, rows = random.Random(seed).choice(self.recordings)
        path = os.path.join(self.folder, '%d.jsonl' % seed)
        damaged = Damage(copy.deepcopy(header), copy.deepcopy(rows), seed).do().bytes()
        with open(path, 'wb') as file:
            file.write(damaged)
        wrong = []
        for arguments, form in self.commands(path, other, random.Random(-seed).choice):
            status, output, errors = self.run(arguments)
            found = list(answers.problems(form, output, errors, self.page.elements))
            # Two recordings of which something was lost may be neither equal nor different.
            if status not in ((0, 1, 2) if arguments[0] == 'diff' else (0, 1)):
                found.insert(0, 'status %d' % status)
            command = ' '.join(arguments).replace(self.folder, '…')
            wrong += ['%s: %s' % (command, sentence) for sentence in found]
        if wrong and self.options.keep:
            os.makedirs(self.options.keep, exist_ok=True)
            shutil.copy(path, self.options.keep)
        os.remove(path)
        return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('--seeds', nargs=2, type=int, default=(0, 100))
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--python')
    parser.add_argument('--keep')
    options = parser.parse_args()
    fuzz = Fuzz(options)
    first, count = options.seeds
    began, bad = time.monotonic(), 0
    with ThreadPoolExecutor(options.jobs) as pool:
        seeds = range(first, first + count)
        for seed, wrong in zip(seeds, pool.map(fuzz.damage, seeds)):
            bad += bool(wrong)
            for sentence in wrong:
                print('seed %d: %s' % (seed, sentence), flush=True)
    shutil.rmtree(fuzz.folder, ignore_errors=True)
    print('%d recordings, damaged in %d ways from seed %d: %d with something wrong, %.0f s'
          % (len(fuzz.recordings), count, first, bad, time.monotonic() - began))
    sys.exit(bad > 0)


main()
