"""Tasks alone: `--detail tasks`."""

import validate
from controls.running import events_of, is_exact, record, version, written

TASKS = '''
import asyncio

async def child(number):
    await asyncio.sleep(0)
    if number == 1:
        raise ValueError('no')
    if number == 2:
        await asyncio.sleep(60)
    return number

async def main():
    tasks = [asyncio.ensure_future(child(number)) for number in range(3)]
    await asyncio.sleep(0.01)
    tasks[2].cancel()
    tasks.append(asyncio.ensure_future(child(3)))
    tasks[3].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if hasattr(tasks[0], 'set_name'):
        asyncio.get_running_loop().create_task(child(4), name='named')
        await asyncio.sleep(0.01)
        print('named')

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_detail_tasks(python, script):
    """Each task is told with its maker and its name, its first step, and how it ended."""
    with written(TASKS) as (path, program):
        for options in [], ['--keep-last', '1000']:
            result = record(python, program, path, '--detail', 'tasks', *options)
            assert result.returncode == 0
            problems, counts = validate.check(path)
            assert not problems, problems
            names, told = [], {}
            for event in events_of(validate.contents(path)):
                if event[0] == 'cn':
                    told[event[2]] = [event[3], event[4]]
                elif event[0] == 'tn':
                    names.append(event[4])
                elif event[0] in ('cs', 'cw', 'cv', 'cx', 'cc'):
                    told[event[2]].append(event[0])
            has_names = result.stdout == b'named\n'
            assert ('named' in names) == has_names, names
            begun = ['child()', 1, 'cs', 'cw']
            expected = [['main()', 0, 'cs', 'cw', 'cv'], begun + ['cv'], begun + ['cx'], begun + ['cc'],
                        ['child()', 1, 'cc']] + [begun + ['cv']] * has_names
            assert [told[lane] for lane in sorted(told)] == expected, told


EAGER_TASKS = '''
import asyncio

async def quick():
    return 1

async def slow():
    await asyncio.sleep(0.001)

async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(work()) for work in (quick, slow, quick, slow)]
    await asyncio.gather(*tasks)

asyncio.run(main())
'''


def test_detail_eager_tasks(python, script):
    """An eager task that ends in its first step is not told, and no later one is taken for it."""
    if not is_exact(python):            # then there are none
        return
    with written(EAGER_TASKS) as (path, program):
        assert record(python, program, path, '--detail', 'tasks').returncode == 0
        assert validate.check(path)[0] == []
        kinds = [event[0] for event in events_of(validate.contents(path))]
        assert kinds.count('cn') == kinds.count('cs') == kinds.count('cv') == 5, kinds


NESTED_EAGER_TASKS = '''
import asyncio

async def outer():
    await asyncio.create_task(slow())

async def slow():
    await asyncio.sleep(0)

async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    for _ in range(20):
        await asyncio.gather(*[asyncio.create_task(outer()) for _ in range(3)])

asyncio.run(main())
'''


def test_detail_nested_eager_tasks(python, script):
    """A task that an eager one makes before it is told itself has no maker; nor has one at its address."""
    if not is_exact(python):
        return
    with written(NESTED_EAGER_TASKS) as (path, program):
        assert record(python, program, path, '--detail', 'tasks').returncode == 0
        problems, counts = validate.check(path)
        assert not problems and counts['cv'] == counts['cn'] == 123, (problems, counts)


LOST_TASKS = '''
import asyncio, gc, sys

class Loop(asyncio.SelectorEventLoop):
    def create_task(self, coro, **kwargs):
        return asyncio.Task(coro, loop=self)

async def lost():
    await asyncio.Event().wait()

async def found():
    await asyncio.sleep(0)

async def refused():
    raise SystemExit

async def main(makes_its_own):
    for is_told in [makes_its_own, True] * 10:
        task = asyncio.ensure_future(lost())
        await asyncio.sleep(0)
        task._log_destroy_pending = is_told
        del task
        gc.collect()
        await asyncio.ensure_future(found())
    if sys.version_info >= (3, 14) and not makes_its_own:
        for left in lost, found:
            task = asyncio.create_task(left())
            for _ in range(3):
                await asyncio.sleep(0)
            del task
            gc.collect()
            try:
                asyncio.create_task(refused(), eager_start=True)
            except SystemExit:
                gc.collect()

for loop in Loop(), asyncio.SelectorEventLoop():
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda *arguments: None)
    loop.run_until_complete(main(isinstance(loop, Loop)))
    loop.close()
'''


def test_detail_lost_tasks(python, script):
    """A task at the address of one that died while it waited is met, whoever makes it, and is not
    taken for that one."""
    with written(LOST_TASKS) as (path, program):
        assert record(python, program, path, '--detail', 'tasks').returncode == 0
        problems, counts = validate.check(path)
        assert not problems, problems
        names, ended, culprits = {}, [], []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] in ('cv', 'cx', 'cc'):
                ended.append(names[event[2]])
            elif event[0] == 'px':
                culprits.append(event[3])
        made = list(names.values())
        hides_tasks = int(version(python).split(b'.')[1]) >= 14
        found = 41 if hides_tasks else 40
        assert (made.count('main()'), made.count('found()')) == (2, found), names
        assert sorted(ended) == ['found()'] * found + ['main()'] * 2, ended
        known = [lane for lane in culprits if lane]
        assert len(culprits) - len(known) == 2 * hides_tasks, culprits      # who refused was never met
        assert 'found()' not in [names[lane] for lane in known], culprits
        assert len(known) == len(set(known)), culprits
