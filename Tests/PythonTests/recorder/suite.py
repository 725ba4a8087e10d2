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

from fidelity import RECORDER, interpreters, version_of

SHORT = ['test_tasks', 'test_locks', 'test_queues', 'test_timeouts', 'test_taskgroups']
TIME_LIMIT = 300


def modules_of(python):
    folder = subprocess.run(
        [python, '-c', 'import os, test; print(os.path.join(os.path.dirname(test.__file__), '
                       '"test_asyncio"))'], stdout=subprocess.PIPE, universal_newlines=True)
    names = sorted(name[:-3] for name in os.listdir(folder.stdout.strip())
                   if name.startswith('test_') and name.endswith('.py'))
    return [name for name in names if 'windows' not in name and 'proactor' not in name]


def run(command):
    """The number of tests, and the names of those that did not pass."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, cwd=folder, start_new_session=True)
        try:
            said = process.communicate(timeout=TIME_LIMIT)[1].decode('utf-8', 'replace')
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return 0, {'took too long'}
    ran = re.search(r'^Ran (\d+) tests?', said, re.M)
    bad = set(re.findall(r'^(?:ERROR|FAIL): (.*)$', said, re.M))
    if not ran:
        bad.add('did not run: %s' % said[-300:])
    return int(ran.group(1)) if ran else 0, bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    parser.add_argument('--module', action='append')
    parser.add_argument('--short', action='store_true')
    arguments = parser.parse_args()
    chosen = arguments.python or [
        path for path in interpreters()
        if tuple(map(int, version_of(path).split('.')[:2])) >= (3, 11)]
    failed = False
    for python in chosen:
        version = version_of(python)
        modules = arguments.module or (SHORT if arguments.short else modules_of(python))
        count = tests = 0
        for name in modules:
            work = ['-m', 'unittest', 'test.test_asyncio.' + name]
            plain = run([python] + work)
            with tempfile.TemporaryDirectory() as folder:
                recorded = run([python, RECORDER, '--output', os.path.join(folder, 'run.jsonl'),
                                '--scope', 'all'] + work)
            new = recorded[1] - plain[1]
            failed = failed or bool(new) or plain[0] != recorded[0]
            count += 1
            tests += recorded[0]
            print('%s %s: %d tests plain, %d recorded; %d and %d do not pass%s' % (
                version, name, plain[0], recorded[0], len(plain[1]), len(recorded[1]),
                ''.join('\n  only recorded: ' + one for one in sorted(new))), flush=True)
        print('| %s | %d | %d |' % (version, count, tests), flush=True)
    return failed


if __name__ == '__main__':
    sys.exit(main())
