"""Other processes that a program starts: they are told of, or recorded each by itself."""

import json
import os
import re
import subprocess

import validate
from controls.running import rewritten, version, written
from interpreters import PATIENCE
from joined import RECORDER

PROCESSES = '''
import asyncio, multiprocessing, os, subprocess, sys

def work():
    pass

def start():
    if sys.argv[1] == 'command':
        return subprocess.check_call(['true'], preexec_fn=os.getpid)
    process = multiprocessing.get_context(sys.argv[1]).Process(target=work)
    process.start()
    process.join()

async def main():
    await asyncio.sleep(0)
    if 'in a loop' in sys.argv:
        start()

if __name__ == '__main__':
    if 'before' in sys.argv:
        start()
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()
'''


def test_other_processes(python, script):
    """A program that only starts other ones is told that those are not recorded, of commands nothing."""
    with written(PROCESSES) as (path, program):
        for method in 'fork', 'spawn', 'command':
            for when in 'before', 'in a loop':
                subprocess.check_call(
                    [python, RECORDER, '--output', path, '--', program, method, when])
                problems, counts = validate.check(path)
                assert not problems, problems
                said = validate.contents(path).count(b'has started another process')
                # Up to 3.6, nothing tells of a fork.
                expected = when == 'before' and (method == 'spawn' or method == 'fork'
                                                 and b'3.6' not in version(python))
                assert said == expected, (method, when, said)


WORKERS = '''
import asyncio, multiprocessing, os, subprocess, sys

async def worker(number, kept):
    loop = asyncio.get_event_loop()
    kept(None)
    kept(loop)
    await asyncio.sleep(0.001)
    return number

def work(number):
    # What another library may have kept begins no second recording.
    kept = asyncio.events._set_running_loop
    asyncio.run(worker(number, kept)) if number < 2 else print('no loop', flush=True)

def fork(number):
    process = os.fork()
    if process == 0:
        work(number)
        os._exit(0)
    os.waitpid(process, 0)

def nested(number):
    fork(number)
    work(number)

async def main():
    await asyncio.sleep(0)

if __name__ == '__main__':
    if sys.argv[1] == 'worker':
        work(int(sys.argv[2]))
        sys.exit()
    if sys.argv[1] == 'command':
        for number in range(3):
            subprocess.check_call([sys.executable, '-u', sys.argv[0], 'worker', str(number)])
    elif sys.argv[1] == 'os.fork':
        for number in range(3):
            fork(number)
    elif sys.argv[1] == 'nested':
        process = multiprocessing.get_context('fork').Process(target=nested, args=(1,))
        process.start()
        process.join()
    else:
        context = multiprocessing.get_context(sys.argv[1])
        for number in range(3):
            process = context.Process(target=work, args=(number,))
            process.start()
            process.join()
            assert process.exitcode == 0, process.exitcode
    asyncio.run(main())
'''


def test_subprocesses(python, script):
    """Each process in which a loop runs is recorded into a file of its own, whoever has started it."""
    if version(python)[:3] == b'3.6':
        return                          # nothing tells of a fork
    for ending, options in (('', []), ('.gz', ['--detail', 'tasks']), ('', ['--keep-last', '50'])):
        for method in 'os.fork', 'nested', 'fork', 'spawn', 'forkserver', 'command':
            with written(WORKERS) as (path, program):
                said = subprocess.run(
                    [python, RECORDER, '--output', path + ending, '--subprocesses'] + options
                    + ['--', program, method], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    timeout=PATIENCE)
                expected = b'' if method == 'nested' else b'no loop\n'
                assert (said.returncode, said.stdout, said.stderr) == (0, expected, b''), said
                folder = os.path.dirname(path)
                names = [name for name in os.listdir(folder) if name.endswith('.jsonl' + ending)]
                assert len(names) == 3, (method, names)
                ran = []
                for name in names:
                    problems, _ = validate.check(os.path.join(folder, name))
                    assert not problems, (method, name, problems)
                    contents = validate.contents(os.path.join(folder, name))
                    ran.append(b'worker' in re.sub(b'(?s)^.*?\n', b'', contents, 1))
                    assert b'not recorded' not in contents, contents
                    number = json.loads(contents.split(b'\n')[0])['process']
                    assert name in ('run.jsonl' + ending, 'run.%d.jsonl%s' % (number, ending)), name
                assert sorted(ran) == [False, True, True], (method, ran)


COMMANDS = '''
import os, subprocess, sys

folder = os.path.dirname(os.path.abspath(sys.argv[0]))
os.environ.pop('PYTHONPATH', None)
before = {'PYTHONPATH': 'own:other'}        # all others
for command in [sys.executable, 'command.py'], ['./script'], ['env', sys.executable, '-m', 'command'], \\
        [sys.executable, '-sE', 'command.py'], ['./command.sh']:
    for environment in None, dict(before, **os.environ):
        said = subprocess.run(command + ['argument'], cwd=folder, env=environment, stdout=subprocess.PIPE,
                              close_fds=environment is None)
        print(said.stdout.decode(), said.returncode, flush=True)
'''
COMMAND = '''
import os, sys
print(sys.argv, sys.path, sys.flags, os.environ.get('PYTHONPATH'), list(os.environ))
print(sorted(os.listdir('/proc/self/fd'), key=int)[:3], sorted(sys.modules), sys.path_importer_cache.keys())
import json, asyncio

async def command():
    await asyncio.sleep(0)

loop = asyncio.new_event_loop()
loop.run_until_complete(command())
print('json of its own:', hasattr(json, 'own'), 'site', hasattr(sys, 'customized'))
loop.close()
'''


def test_commands(python, script):
    """Of commands that are Python each is recorded, unless it does not look at its environment; none can
    tell from that how it was started."""
    with written(COMMANDS) as (path, program):
        folder = os.path.dirname(path)
        for name, text in (('command.py', COMMAND), ('json.py', 'own = True'),
                           ('script', '#!%s -s\n%s' % (python, COMMAND)),
                           ('command.sh', '#!/bin/sh\n"%s" command.py "$@"' % python),
                           ('own/sitecustomize.py', 'import sys; sys.customized = True')):
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            os.chmod(rewritten(os.path.join(folder, name), text), 0o755)
        options = ['--output', path, '--subprocesses', '--']
        plain, recorded = (subprocess.run(command + [program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                          timeout=PATIENCE, env=dict(os.environ, PYTHONDONTWRITEBYTECODE='1'))
                           for command in ([python], [python, RECORDER] + options))
        assert plain.returncode == 0 and plain.stdout == recorded.stdout, (plain.stdout, recorded.stdout)
        assert recorded.returncode == 0
        names = [name for name in os.listdir(folder) if name.endswith('.jsonl')]
        programs = []
        for name in names:
            problems, _ = validate.check(os.path.join(folder, name))
            assert not problems, (name, problems)
            programs.append(json.loads(validate.contents(os.path.join(folder, name)).split(b'\n')[0])['program'][0])
        assert sorted(programs) == sorted([program] + 2 * ['./script', 'command.py']), programs


REPLACED = '''
import asyncio, os, sys

async def main(number):
    await asyncio.sleep(0)
    return number

number = int(sys.argv[1])
loop = asyncio.new_event_loop()
print(loop.run_until_complete(main(number)), os.environ.get('PYTHONPATH'), flush=True)
loop.close()
try:
    os.execv('/nowhere/python', ['python'])
except OSError as error:
    print(error, flush=True)
if number < 3:
    os.execv(sys.executable, [sys.executable] + sys.argv[:1] + [str(number + 1)])
'''


def test_replaced(python, script):
    """A program that replaces itself by another one, with the same number, has a recording for each."""
    with written(REPLACED) as (path, program):
        said = subprocess.check_output([python, RECORDER, '--output', path, '--subprocesses', '--', program, '1'],
                                       timeout=PATIENCE)
        assert said.count(b'None\n') == said.count(b'No such file') == 3, said
        folder = os.path.dirname(path)
        names = sorted(name for name in os.listdir(folder) if 'jsonl' in name)
        number = json.loads(validate.contents(os.path.join(folder, 'run.jsonl')).split(b'\n')[0])['process']
        assert names == ['run.%d.2.jsonl' % number, 'run.%d.jsonl' % number, 'run.jsonl'], names
        for name in names:
            problems, _ = validate.check(os.path.join(folder, name))
            assert not problems, (name, problems)
