"""Runs a library's own tests plain, twice, and recorded: each test must come out as it does plain.

    python other_suites.py --python EXE [--way=OPTIONS ...] [--keep SCRATCH] FOLDER [argument of pytest ...]

FOLDER is what the library's source archive was unpacked to; EXE is an interpreter that has the library,
pytest, pytest-timeout and what the tests need. Nothing is downloaded. A way to record is options of the
recorder's; by default there are three: all detail, the newest events only, and tasks only. In SCRATCH the
last report, what pytest said and the recording are kept.

Prints the tests that differ each of three times in the same way, whether the recordings keep their
rules, and a row for docs/python.md.
"""

import argparse
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import validate
from interpreters import look_at
from joined import RECORDER
from suite import hear_interrupts

WAYS = ['--scope all', '--keep-last 100000', '--detail tasks']
PYTEST = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-p', 'no:randomly', '--timeout', '60']
TIME_LIMIT = 1500           # of a suite, in seconds


def outcomes(report):
    """How each test came out, by its name; more than one may have the same."""
    found = {}
    for case in xml.parse(report).iter('testcase'):
        name = '%s::%s' % (case.get('classname'), case.get('name'))
        name = re.sub(r'0x[0-9a-f]+', '0x', name)
        how = [' '.join(filter(None, (one.tag, one.get('type'), (one.get('message') or '')[:200])))
               for one in case if one.tag in ('failure', 'error', 'skipped')]
        found.setdefault(name, []).append(how or ['passed'])
    return found


def kinds(hows):
    """Outcomes without what was said: that may have addresses and ports in it."""
    return sorted(' '.join(one.split(' ', 1)[0] for one in how) for how in hows)


def run(python, options, work, folder, scratch):
    """How the tests came out, and what pytest said at the end."""
    report = os.path.join(scratch, 'report.xml')
    for name in ('report.xml', 'run.jsonl', 'run.jsonl.part'):
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(scratch, name))
    command = [python] + options + PYTEST + ['--junitxml', report] + work
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE='1', NO_COLOR='1')
    with open(os.path.join(scratch, 'said'), 'w+b') as said:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said,
                                   stderr=subprocess.STDOUT, start_new_session=True, env=environment)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(TIME_LIMIT)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)      # and what the tests have left
        status = process.wait()
        said.seek(0)
        last = said.read().decode('utf-8', 'replace').strip().split('\n')
    if not os.path.exists(report):
        return {}, 'status %d: %s' % (status, last[-1][:200])
    return outcomes(report), 'status %d: %s' % (status, last[-1])


def number(found):
    return sum(map(len, found.values()))


def differing(plain, recorded):
    """The tests that came out recorded as in none of the plain runs."""
    return {name for name in set(recorded).union(*plain)
            if kinds(recorded.get(name, [])) not in [kinds(one.get(name, [])) for one in plain]}


def check(python, way, plain, work, folder, scratch):
    """What differs in each of three tries, and how it came out in the last."""
    new = None
    for tries in range(1, 4):
        recording = os.path.join(scratch, 'run.jsonl')
        options = [RECORDER, '--output', recording] + way.split()
        recorded, said = run(python, options, work, folder, scratch)
        differ = differing(plain, recorded)
        problems, counts = validate.check(recording) if os.path.exists(recording) else (
            ['there is no recording'], {})
        print('  %s: %d tests, %d differ, %d events; %s' % (
            way, number(recorded), len(differ), sum(counts.values()), said), flush=True)
        for problem in problems:
            print('    not valid: %s' % problem)
        for name in sorted(differ)[:40]:
            print('    %s: %s' % (name, recorded.get(name)))
        new = differ if new is None else new & differ
        if not new or problems:
            break
    return new, problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', default=sys.executable)
    parser.add_argument('--way', action='append')
    parser.add_argument('--keep', metavar='SCRATCH')
    parser.add_argument('folder')
    arguments, work = parser.parse_known_args()
    hear_interrupts()
    version = look_at(arguments.python).version
    with tempfile.TemporaryDirectory() as scratch:
        if arguments.keep:
            scratch = arguments.keep
            os.makedirs(scratch, exist_ok=True)
        plain = []
        for _ in range(2):
            found, said = run(arguments.python, [], work, arguments.folder, scratch)
            plain.append(found)
            print('  plain: %d tests; %s' % (number(found), said), flush=True)
        if not plain[0]:
            return True
        flaky = differing(plain[:1], plain[1])
        failed, rows = False, []
        for way in arguments.way or WAYS:
            new, problems = check(arguments.python, way, plain, work, arguments.folder, scratch)
            failed = failed or bool(new or problems)
            rows.append(str(len(new)))
            for name in sorted(new):
                print('  only recorded: %s' % name)
    print('| %s | %s | %d | %d | %s |' % (os.path.basename(os.path.normpath(arguments.folder)), version,
                                         number(plain[0]), len(flaky), ' | '.join(rows)), flush=True)
    return failed


if __name__ == '__main__':
    sys.exit(main())
