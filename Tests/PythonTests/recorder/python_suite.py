"""Everything that checks the recorder, on every interpreter at hand: `make python-suite`.

    python python_suite.py [--python EXE ...] [--only PART ...] [--short] [--jobs N]

    --only    fidelity (the corpus, with and without), ways (the same in the other WAYS of
              fidelity.py), programs (made by chance), control (hold, step, limits …) or
              suite (CPython's own tests of asyncio); all five if it is left out
    --short   what CI runs: the whole corpus on the newest interpreter, once more in one of the ways,
              and a third of it on each of the others, a few programs made by chance, and five modules of
              the suite from Python 3.11 on
    --jobs    how many programs run at once; as many as there are processors if it is left out

Says what it skips, and why. Exit status 1 if a recorded program differs from a plain one.
"""

import argparse
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import control
import fidelity
import random_programs
import suite
from interpreters import VERSIONS, chosen

PARTS = ['fidelity', 'ways', 'programs', 'control', 'suite']
PROGRAMS = range(100)       # the seeds of those that are made by chance: the same each time


class Job:
    """One check on one interpreter."""

    def __init__(self, part, interpreter, name, way=''):
        self.part, self.interpreter, self.name, self.way = part, interpreter, name, way
        self.count = 1              # tests, or scripts
        self.problems = []
        self.note = ''

    def run(self):
        try:
            getattr(self, self.part)()
        except Exception as error:
            self.problems = ['%s: %s' % (type(error).__name__, error)]
        return self

    def fidelity(self):
        for _ in range(2):
            # A machine that is busy may let a program take too long: it gets another try.
            self.problems, _ = fidelity.check(
                self.interpreter.path, self.name, fidelity.WAYS.get(self.way, ()))
            if not self.problems:
                break
            self.note = ' (at the second try)'

    ways = fidelity

    def programs(self):
        found = random_programs.check(self.interpreter, int(self.name))
        self.problems = found or []
        self.note = '' if found is not None else ': not compared, it has no end by itself, or two'

    def control(self):
        for _ in range(2):
            problem = control.check(self.interpreter.path, self.name)
            self.problems = [problem] if problem else []
            if not problem:
                break
            self.note = ' (at the second try)'

    def suite(self):
        self.count, self.problems, self.note = suite.check(self.interpreter.path, self.name)
        self.note = ': ' + self.note

    def __str__(self):
        name = '%s, %s' % (self.name, self.way) if self.way else self.name
        text = '%s %s %s' % (self.interpreter.version, self.part, name)
        if self.problems:
            return '%s DIFFERS%s\n  %s' % (text, self.note, '\n  '.join(self.problems))
        return text + (self.note or ' ok')


def jobs_for(interpreters, arguments, say):
    """What there is to do, the longest first."""
    jobs = []
    for place, interpreter in enumerate(interpreters):
        parts = list(arguments.only or PARTS)
        if 'suite' in parts:
            if arguments.short and interpreter.short < (3, 11):
                parts.remove('suite')
            elif interpreter.short < (3, 7):
                say("%s suite: skipped, asyncio's debug mode and the recorder take the same hook there, "
                    "which two tests notice" % interpreter.version)
                parts.remove('suite')
            elif not interpreter.has_tests():
                say("%s suite: skipped, CPython's tests are not installed" % interpreter.version)
                parts.remove('suite')
        if 'suite' in parts:
            jobs += [Job('suite', interpreter, name)
                     for name in suite.modules_of(interpreter.path, arguments.short)]
        if 'control' in parts:
            jobs += [Job('control', interpreter, name) for name in control.tests_for(interpreter)]
        if 'fidelity' in parts:
            names = fidelity.scripts_for(interpreter.short)
            if arguments.short and interpreter is not interpreters[-1]:
                # Another third on each, so that three of them see every script.
                names = names[place % 3::3]
            jobs += [Job('fidelity', interpreter, name) for name in names]
        if 'ways' in parts and not (arguments.short and interpreter is not interpreters[-1]):
            ways = [way for way in fidelity.WAYS if interpreter.has_lock or way != 'stacks']
            fit = {way: fidelity.scripts_for(interpreter.short, fidelity.WAYS[way]) for way in ways}
            for place, name in enumerate(fidelity.scripts_for(interpreter.short)):
                jobs += [Job('ways', interpreter, name, way)
                         for way in ([ways[place % len(ways)]] if arguments.short else ways)
                         if name in fit[way]]
        if 'programs' in parts:
            seeds = PROGRAMS[place::12] if arguments.short else PROGRAMS
            jobs += [Job('programs', interpreter, str(seed)) for seed in seeds]
    return sorted(jobs, key=lambda job: (PARTS[::-1].index(job.part), job.name != 'test_tasks'))


COLUMNS = {'fidelity': ['scripts', 'differ'], 'ways': ['in other ways', 'differ'],
           'programs': ['by chance', 'differ'], 'control': ['controls', 'differ'],
           'suite': ["CPython's modules", 'tests', 'differ']}


def table(interpreters, jobs, parts):
    """What was checked and what differs, one interpreter a row."""
    rows = [sum([COLUMNS[part] for part in parts], ['Python'])]
    rows.append(['---'] * len(rows[0]))
    for interpreter in interpreters:
        row = [interpreter.version]
        for part in parts:
            mine = [job for job in jobs if job.interpreter is interpreter and job.part == part]
            if not mine:
                row += ['-'] * len(COLUMNS[part])
                continue
            row.append(len(mine))
            if part == 'suite':
                row.append(sum(job.count for job in mine))
            row.append(sum(len(job.problems) if part == 'suite' else bool(job.problems)
                           for job in mine))
        rows.append(row)
    return '\n'.join('| %s |' % ' | '.join(map(str, row)) for row in rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    parser.add_argument('--only', action='append', choices=PARTS)
    parser.add_argument('--short', action='store_true')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    suite.hear_interrupts()
    lock = threading.Lock()

    def say(text):
        with lock:
            print(text, flush=True)

    interpreters = chosen(arguments.python)
    if not arguments.python:
        found = [interpreter.short for interpreter in interpreters]
        for version in VERSIONS:
            if version not in found:
                say('%d.%d: skipped, it is not installed' % version)
    if not interpreters:
        say('There is no Python %d.%d to %d.%d here: nothing was checked.' % (
            VERSIONS[0] + VERSIONS[-1]))
        return 0
    begun = time.time()
    jobs = jobs_for(interpreters, arguments, say)
    with ThreadPoolExecutor(arguments.jobs) as pool:
        running = [pool.submit(job.run) for job in jobs]
        for number, future in enumerate(as_completed(running), 1):
            say('[%d/%d] %s' % (number, len(jobs), future.result()))
    bad = [job for job in jobs if job.problems]
    print('\n' + table(interpreters, jobs, arguments.only or PARTS))
    print('\n%s In %d s.' % (
        '%d of %d checks differ.' % (len(bad), len(jobs)) if bad
        else 'Nothing differs: %d checks.' % len(jobs), time.time() - begun))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
