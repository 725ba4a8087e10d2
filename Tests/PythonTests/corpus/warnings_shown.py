# requires 3.7
import asyncio
import warnings


async def main():
    warnings.warn('mind the gap')
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        warnings.warn('caught')
    print(len(caught))
    warnings.showwarning = lambda message, *rest: print('own', message)
    warnings.warn('another')

asyncio.run(main())
