"""The file of a recording: its limits, kills, full disks, wrong usage."""

import gzip
import os
import signal
import subprocess
import sys
import tempfile
import time

import validate
from controls.running import record, TICKER, written
from joined import RECORDER


def test_killed(python, script, name='run.jsonl'):
    with written(TICKER % (500, '0.02'), name) as (path, program):
        process = subprocess.Popen([python, RECORDER, '--output', path, '--', program],
                                   stdout=subprocess.PIPE)
        for _ in range(12):
            process.stdout.readline()
        while validate.check(path + '.part', is_complete=False)[1].get('po', 0) < 12:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert not os.path.exists(path)
        problems, counts = validate.check(path + '.part', is_complete=False)
        assert not problems, problems
        assert counts['po'] >= 12, counts


def test_compressed(python, script):
    test_killed(python, script, 'run.jsonl.gz')
    with tempfile.TemporaryDirectory() as folder:
        sizes = []
        for name in 'run.jsonl', 'run.jsonl.gz', 'ring.jsonl.gz':
            path = os.path.join(folder, name)
            limit = ['--keep-last', '100'] if name.startswith('ring') else []
            assert record(python, script, path, *limit).returncode == 0
            problems, counts = validate.check(path)
            assert not problems and counts['le'] == 1, problems
            with open(path, 'rb') as file:
                gzipped = file.read()
            if name.endswith('.gz'):
                gzip.decompress(gzipped)            # every member of it is complete
            sizes.append(len(gzipped))
        assert sizes[1] < sizes[0], sizes


def test_limits(python, script):
    with written(TICKER % (300, '0')) as (path, program):
        result = record(python, program, path, '--max-events', '500')
        assert result.returncode == 0 and result.stdout.count(b'\n') == 600
        problems, counts = validate.check(path)
        assert not problems and 300 <= sum(counts.values()) <= 4000, (problems, counts)
        for most in 1, 20:                  # what has a lane then goes on unseen
            result = record(python, program, path, '--max-events', str(most))
            problems, counts = validate.check(path)
            assert not problems and sum(counts.values()) <= 200 and counts['ld'] == 1, (problems, counts)
        for size in '10', '133', '1000':
            result = record(python, program, path, '--keep-last', size)
            assert result.returncode == 0 and result.stdout.count(b'\n') == 600
            problems, counts = validate.check(path)
            assert not problems, problems
            assert int(size) <= sum(counts.values()) <= int(size) + 40, counts
            assert counts['ld'] == 1 and counts['le'] == 1


HOLDER = '''
import asyncio, weakref

class Thing:
    pass

async def hold():
    thing = Thing()
    kept.append(weakref.ref(thing))
    for again in range(100):
        await asyncio.sleep(0)

async def main():
    await asyncio.gather(hold(), hold())
    await asyncio.sleep(0)
    print([thing() for thing in kept])

kept = []
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_nothing_is_kept_after_the_end(python, script):
    with written(HOLDER) as (path, program):
        result = record(python, program, path, '--max-events', '100')
        assert result.stdout == b'[None, None]\n', result.stdout


def test_full_disk(python, script):
    limit = 'import resource, signal, sys, os; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);' \
            'resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));' \
            'os.execv(sys.argv[1], sys.argv[1:])'
    for options in [], ['--keep-last', '2000']:
        with written(TICKER % (300, '0')) as (path, program):
            result = subprocess.run(
                [sys.executable, '-c', limit, python, RECORDER, '--output', path] + options
                + ['--', program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert result.returncode == 0 and result.stdout.count(b'\n') == 600 and not result.stderr
            with open(path + '.part', 'rb') as recording:
                whole = recording.read().rpartition(b'\n')[0] + b'\n'
            with open(path, 'wb') as recording:
                recording.write(whole)
            problems, counts = validate.check(path, is_complete=False)
            assert not problems and sum(counts.values()) > 300, problems


def test_refusals(python, script):
    for arguments in (['--output'], ['x.py'], ['--output', 'o'], ['--clock', 'wrong', 'x.py'],
                      ['--output', 'o', '--hold', 'x.py'], ['--nonsense', 'x.py'],
                      ['--output', 'no/such/folder', 'x.py']):
        result = subprocess.run([python, RECORDER] + arguments, stderr=subprocess.PIPE)
        assert result.returncode == 2, arguments
        assert result.stderr.startswith(b'loopscope_recorder cannot start: '), result.stderr
        assert result.stderr.count(b'\n') == 1
    without_lock = ('import runpy, sys; sys._is_gil_enabled = lambda: False; '
                    'runpy.run_path(%r, run_name="__main__")')
    result = subprocess.run([python, '-c', without_lock % RECORDER, '--output', 'o', '--stacks', 'x.py'],
                            stderr=subprocess.PIPE)
    assert result.returncode == 2 and result.stderr.count(b'\n') == 1 and (
        b'set PYTHON_GIL=1' in result.stderr), result.stderr


def test_other_files_are_spared(python, script):
    """A recording replaces an earlier one, in whatever form, and nothing else."""
    with written("print('kept')") as (path, program):
        link = os.path.join(os.path.dirname(path), 'link')
        os.symlink(path, link)
        for name in path, path, path + '.gz', path + '.gz', link, path:
            assert record(python, program, name).returncode == 0, name
        assert os.path.islink(link) and validate.check(path)[0] == []
        os.replace(path + '.gz', path)
        assert record(python, program, path).returncode == 0
        open(path, 'w').close()
        assert record(python, program, path).returncode == 0
        with open(path + '.gz', 'wb') as other:
            other.write(gzip.compress(b'no recording'))
        for name in program, path + '.gz', os.path.dirname(path), os.devnull:
            before = name == program and open(name).read()
            result = record(python, program, name)
            assert (result.returncode, result.stdout) == (2, b''), result
            said = 'loopscope_recorder cannot start: the recording %s cannot be created: there is a ' \
                   'file of that name that is no recording. Choose another name.\n' % name
            assert result.stderr.decode() == said, result.stderr
            assert before == (name == program and open(name).read())
            assert not os.path.exists(name + '.part')
