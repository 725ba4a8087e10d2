"""Names that tasks are given when they are there already: `set_name`."""

import os

import validate
from controls.running import events_of, record, rewritten, version, written

RENAMED = '''
import asyncio, sys

sys.path.insert(0, %r)
import labels

def label(name):
    asyncio.current_task().set_name(name)

async def child():
    await asyncio.sleep(0.02)
    label('child')
    await asyncio.sleep(0.02)
    labels.label('child of a library')
    await asyncio.sleep(0.02)

async def main():
    label('main')
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    naming = task.set_name
    naming('taken')
    await task
    task.set_name('over')
    asyncio.get_running_loop().set_task_factory(lambda loop, *made, **named: asyncio.Task(*made, loop=loop, **named))
    await asyncio.create_task(child(), name='made')

asyncio.run(main())
'''


def test_renamed(python, script):
    """From 3.12 on each name is told with who gave it, before that after the task's next step. What asyncio calls
    a task as it makes it is no second name, but where a factory has made it."""
    release = tuple(map(int, version(python).split()[0].split(b'.')[:2]))
    if release < (3, 8):
        return
    with written('') as (path, program):
        folder = os.path.join(os.path.dirname(program), 'site-packages')
        os.mkdir(folder)
        rewritten(os.path.join(folder, 'labels.py'),
                  'import asyncio\ndef label(name): asyncio.current_task().set_name(name)')
        rewritten(program, RENAMED % folder)
        for options in [], ['--keep-last', '1000'], ['--scope', 'all']:
            result = record(python, program, path, *options)
            assert result.returncode == 0, result.stderr
            problems, _ = validate.check(path)
            assert not problems, problems
            first, later = names_in(path)
            all_names = [[first[task]] + [name for name, _ in later[task]] for task in sorted(first)]
            if release >= (3, 12):
                assert later[1] == [('main', 1)] and later[2] == [
                    ('taken', 1), ('child', 2), ('child of a library', 2), ('over', 1)], later
            else:
                assert all_names[0] in (['main'], ['Task-1', 'main']), all_names
                # Whether that which it got between two steps is seen depends on when the log is written.
                assert [name for name in all_names[1] if name != 'taken'][-2:] == [
                    'child', 'child of a library'], all_names
            assert 'made' in all_names[2][:2], all_names
            assert all_names[2][-2:] == ['child', 'child of a library'], all_names


def names_in(path):
    """The name with which each task was made, and those that it got later with who gave them."""
    first, later = {}, {}
    for event in events_of(validate.contents(path)):
        if event[0] == 'tn':
            first[event[2]], later[event[2]] = event[4], []
        elif event[0] == 'tm':
            later[event[2]].append((event[3], event[4]))
    return first, later


KEPT = '''
import asyncio

async def wait():
    asyncio.current_task().set_name('of late')
    await asyncio.Event().wait()

async def main():
    task = asyncio.ensure_future(wait())
    for _ in range(20):
        await asyncio.sleep(0.001)
    task.set_name('newest')
    print(task.get_name())

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_renamed_before_the_ring(python, script):
    """A ring whose oldest event is newer than a task's renaming tells of the task under its last name."""
    if tuple(map(int, version(python).split()[0].split(b'.')[:2])) < (3, 8):
        return
    with written(KEPT) as (path, program):
        assert record(python, program, path, '--keep-last', '12').stdout == b'newest\n'
        assert validate.check(path)[0] == []
        first, later = names_in(path)
        assert list(first.values())[-1] == 'of late', (first, later)
