"""What a program has besides asyncio: uvloop, lazy imports, libraries that look into its loop."""

import os
import subprocess
import tempfile

import validate
from controls.running import events_of, record, version, written
from interpreters import PATIENCE
from joined import RECORDER

UVLOOP = '''
import asyncio, uvloop

async def child(number):
    await asyncio.sleep(0.01)
    return number

async def main():
    assert isinstance(asyncio.get_running_loop(), uvloop.Loop)
    print(await asyncio.gather(child(1), child(2)))

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
uvloop.install()
loop = uvloop.new_event_loop()
loop.run_until_complete(main())
'''

FORKED_UVLOOP = '''
import asyncio, os, sys

async def main():
    await asyncio.sleep(0)

process = os.fork()
if process == 0:
    import uvloop
    loop = uvloop.new_event_loop()
    print([one.__name__ for one in type(loop).__mro__ if one.__name__ in ('BaseEventLoop', 'Loop')][-1])
    sys.stderr.write('%d\\n' % os.getpid())
    loop.run_until_complete(main())
    loop.close()
    sys.exit()
os.waitpid(process, 0)
'''


def test_uvloop(python, script):
    if subprocess.call([python, '-c', 'import uvloop'], stderr=subprocess.DEVNULL):
        return print('%s has no uvloop to be checked with' % python)
    with written(UVLOOP) as (path, program):
        plain = subprocess.run([python, program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for options, words, handles in (([], b'loop runs in its place', True),
                                        (['--keep-loop'], b'only its tasks are recorded', False)):
            result = record(python, program, path, *options)
            assert (result.returncode, result.stdout, result.stderr) == (0, plain.stdout, plain.stderr), result
            problems, counts = validate.check(path)
            assert not problems, problems
            assert counts['tn'] == counts['fd' if options else 'tn'] >= 6, counts
            assert bool(counts.get('hb')) == handles, counts
            assert validate.contents(path).count(words) == 1
            with written(FORKED_UVLOOP) as (other, forking):
                result = record(python, forking, other, '--subprocesses', *options)
                assert result.stdout == (b'BaseEventLoop\n' if handles else b'Loop\n'), result
                name = other.replace('.jsonl', '.%s.jsonl' % result.stderr.decode().strip())
                assert not validate.check(name)[0], validate.check(name)
                assert validate.contents(name).count(words) == 1


LAZY = '''
import asyncio, sys

async def main():
    await asyncio.sleep(0)

print(getattr(sys, 'get_lazy_imports', lambda: 'all')())
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_lazy_imports(python, script):
    """A program's imports may all be lazy. (Before 3.15 the option does nothing.)"""
    with written(LAZY) as (path, program):
        result = record([python, '-X', 'lazy_imports=all'], program, path)
        said = result.returncode, result.stdout, result.stderr
        assert said == (0, b'all\n', b''), said
        problems, counts = validate.check(path)
        assert not problems and counts['cs'] == 1, (problems, counts)


NAMED_LIKE_OURS = '''
import asyncio, sys
import json, resource
async def main():
    await asyncio.sleep(0)
print(sorted({'json', 'resource'} & set(sys.modules)))
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
'''


def test_modules_of_the_program(python, script):
    """Modules that lie beside the program are loaded when it says so, whatever their names are."""
    with written(NAMED_LIKE_OURS) as (path, program):
        for name in 'json', 'resource':
            with open(os.path.join(os.path.dirname(program), name + '.py'), 'w') as file:
                file.write('print("%s of the program")\n' % name)
        plain = subprocess.run([python, program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert plain.returncode == 0 and plain.stdout.startswith(b'json of the program'), plain
        result = record(python, program, path)
        assert (result.stdout, result.stderr) == (plain.stdout, plain.stderr), result
        assert not validate.check(path)[0]


ASKS_FOR_OPTIONS = '''
import sys
print(sys.argv, getattr(sys, 'orig_argv', None), sys.flags.optimize, sys.warnoptions)
'''


def test_options_of_the_interpreter(python, script):
    """They work, and the program finds them where it finds them without us."""
    with written(ASKS_FOR_OPTIONS) as (path, program):
        command = [python, '-O', '-W', 'ignore', '-B']
        plain = subprocess.check_output(command + [program])
        recorded = record(command, program, path)
        assert (recorded.stdout, recorded.stderr) == (plain, b''), (plain, recorded)
        assert not validate.check(path)[0]


SERVING = '''
import asyncio, sys
sys.path.insert(0, '')
import mine
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(mine.main())
'''


def test_installed_command(python, script):
    """A command of a virtual environment, as uvicorn is one: the program's files are named as from where it was
    started, not from the folder of the commands."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.path.join(folder, 'environment')
        if subprocess.call([python, '-m', 'venv', '--without-pip', environment], timeout=PATIENCE):
            return                      # an interpreter that came without it
        command = os.path.join(environment, 'bin', 'serve')
        for path, text in ((command, SERVING),
                           (os.path.join(folder, 'mine.py'), 'async def main():\n    print(main)\n')):
            with open(path, 'w') as file:
                file.write(text)
        path = os.path.join(folder, 'run.jsonl')
        subprocess.check_output(
            [os.path.join(environment, 'bin', 'python'), RECORDER, '--output', path, '--', command],
            cwd=folder, timeout=PATIENCE)
        assert b'"mine.py"' in validate.contents(path), validate.contents(path)


ASKS = '''
import asyncio, threading

def ask(loop):
    print(bool(loop._ready), len(loop._ready))

async def child(loop):
    ask(loop)

async def main():
    loop = asyncio.get_event_loop()
    await child(loop)
    if %s:
        thread = threading.Thread(target=ask, args=(loop,))
        thread.start()
        thread.join()
    future = loop.create_future()
    loop.call_soon(future.set_result, 1)
    await future

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.run_until_complete(child(loop))
loop.close()
'''


def test_queue_that_is_asked(python, script):
    """Playwright and prompt_toolkit ask a loop whether its ready queue is empty, in the middle of a handle or in
    another thread. A tick does not begin by that."""
    for has_thread in False, True:
        with written(ASKS % has_thread) as (path, program):
            for detail in 'all', 'tasks':
                result = record(python, program, path, '--detail', detail)
                assert (result.returncode, result.stdout) == (0, b'False 0\n' * (2 + has_thread)), result
                problems, _ = validate.check(path)
                assert not problems, problems
                events = list(events_of(validate.contents(path)))
                kinds = [event[0] for event in events]
                entered = [event[-2:] for event in events if event[0] == 'hs' and event[3] == 'function']
                assert entered == [['Future.set_result', 'call_soon']] * (detail == 'all'), events
                counts = kinds.count('lt'), kinds.count('fd')
                assert counts == ((6, 3) if detail == 'all' else (0, 2)), events
