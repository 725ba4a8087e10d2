# requires 3.7
"""Up to 3.12, the dictionary of a function's variables is kept by its frame."""
import asyncio
import pdb
import sys


class Debugger(pdb.Pdb):
    def interaction(self, frame, *rest):
        self.print_stack_entry((frame, frame.f_lineno))
        self.set_continue()


async def own(x, y=2):
    kept = locals()
    later = 5
    print('said', later)
    await asyncio.sleep(0)
    return kept


def hold():
    return sys._getframe(1).f_locals


async def another(x):
    kept = hold()
    print('said')
    return kept['x']


async def debugged(x):
    Debugger(stdout=sys.stdout, nosigint=True).set_trace()


async def main():
    print(await own(1))
    print(await asyncio.ensure_future(own(3)))
    print(await another(4))
    if sys.version_info < (3, 13):
        await debugged(5)

asyncio.run(main())
