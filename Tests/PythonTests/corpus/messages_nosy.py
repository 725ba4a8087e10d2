"""Exceptions whose messages have parts that tell when somebody looks at them."""

import asyncio


class Nosy(str):
    def __str__(self):
        print('looked at', flush=True)
        return 'nosy'

    __repr__ = __format__ = __str__


def changed(error, **attributes):
    for name, value in attributes.items():
        setattr(error, name, value)
    return error


def undecodable():
    return UnicodeDecodeError('utf-8', b'caf\xe9', 3, 4, 'unexpected end of data')


ERRORS = [
    SyntaxError(Nosy('no')),
    SyntaxError('no', (Nosy('app.py'), 3, None, None)),
    SyntaxError('no', (Nosy('app.py'), Nosy(3), None, None)),
    changed(SyntaxError('no'), msg=Nosy('no')),
    SyntaxError.__new__(SyntaxError),
    undecodable(),
    changed(undecodable(), reason=Nosy('no')),
    changed(undecodable(), start=9),
    UnicodeDecodeError.__new__(UnicodeDecodeError),
]


async def fail(error):
    raise error


async def main():
    for error in ERRORS:
        try:
            await asyncio.ensure_future(fail(error))
        except type(error):
            print(type(error).__name__)

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
