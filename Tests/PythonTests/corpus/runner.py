# requires 3.11
import asyncio
import contextvars

variable = contextvars.ContextVar('variable', default=0)


async def add():
    variable.set(variable.get() + 1)
    return variable.get()

with asyncio.Runner() as runner:
    print([runner.run(add()) for _ in range(3)])
