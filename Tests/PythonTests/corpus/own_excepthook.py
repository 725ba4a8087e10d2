# requires 3.7
import asyncio
import sys


def hook(kind, value, tb):
    names = []
    while tb is not None:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print('hook', kind.__name__, value, names[0], names[-1])

sys.excepthook = hook


async def main():
    raise ValueError('for the hook')

asyncio.run(main())
