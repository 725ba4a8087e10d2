"""Runs CPython's own tests of asyncio under the recorder: the same must pass as without it.

    python suite.py [--python EXE ...] [--module NAME ...] [--short]

Prints one line a module, and a table for docs/python.md.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile

from interpreters import PATIENCE, chosen
from joined import RECORDER

SHORT = ['test_tasks', 'test_locks', 'test_queues', 'test_timeouts', 'test_taskgroups']


def modules_of(python, is_short=False):
    """The modules that are not for Windows, or those of `SHORT` that this version has."""
    folder = subprocess.run(
        [python, '-c', 'import os, test; print(os.path.join(os.path.dirname(test.__file__), '
                       '"test_asyncio"))'], stdout=subprocess.PIPE, universal_newlines=True)
    names = sorted(name[:-3] for name in os.listdir(folder.stdout.strip())
                   if name.startswith('test_') and name.endswith('.py'))
    return [name for name in names if 'windows' not in name and 'proactor' not in name
            and (name in SHORT or not is_short)]


def run(command):
    """The number of tests, and the names of those that did not pass."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, cwd=folder, start_new_session=True)
        try:
            said = process.communicate(timeout=PATIENCE)[1].decode('utf-8', 'replace')
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return 0, {'took too long'}
    ran = re.search(r'^Ran (\d+) tests?', said, re.M)
    bad = set(re.findall(r'^(?:ERROR|FAIL): (.*)$', said, re.M))
    if not ran:
        bad.add('did not run: %s' % said[-300:])
    return int(ran.group(1)) if ran else 0, bad


def hear_interrupts():
    """What is started in the background ignores Ctrl-C, and so would the tests that send it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def check(python, name):
    """How a module of CPython's tests fares plain and recorded: the tests that do not pass only when
    recorded, in each of three tries, and a sentence."""
    work = ['-m', 'unittest', 'test.test_asyncio.' + name]
    plain = run([python] + work)
    new = None
    for tries in range(1, 4):
        with tempfile.TemporaryDirectory() as folder:
            recorded = run([python, RECORDER, '--output', os.path.join(folder, 'run.jsonl'),
                            '--scope', 'all'] + work)
        only = recorded[1] - plain[1]
        if plain[0] != recorded[0]:
            only.add('%d tests run plain, %d recorded' % (plain[0], recorded[0]))
        new = only if new is None else new & only
        if not new:
            break
    sentence = '%d tests; %d do not pass plain, %d recorded' % (
        recorded[0], len(plain[1]), len(recorded[1]))
    if tries > 1 and not new:
        sentence += ' (as plain only at try %d)' % tries
    return recorded[0], sorted(new), sentence


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    parser.add_argument('--module', action='append')
    parser.add_argument('--short', action='store_true')
    arguments = parser.parse_args()
    hear_interrupts()
    failed = False
    for interpreter in chosen(arguments.python):
        if not interpreter.has_tests():
            print('%s: skipped, its package test is not installed' % interpreter.version)
            continue
        modules = arguments.module or modules_of(interpreter.path, arguments.short)
        tests = 0
        for name in modules:
            number, new, sentence = check(interpreter.path, name)
            failed = failed or bool(new)
            tests += number
            print('%s %s: %s%s' % (interpreter.version, name, sentence, ''.join(
                '\n  only recorded: ' + one for one in new)), flush=True)
        print('| %s | %d | %d |' % (interpreter.version, len(modules), tests), flush=True)
    return failed


if __name__ == '__main__':
    sys.exit(main())
