# requires 3.7
import types


@types.coroutine
def ask(question):
    return (yield question)


async def inner():
    return await ask('inner?')


async def talk():
    first = await ask('name?')
    second = await inner()
    return first, second

coroutine = talk()
print(coroutine.send(None))
print(coroutine.send('me'))
try:
    coroutine.send('you')
except StopIteration as stop:
    print(stop.value)
closed = talk()
closed.send(None)
closed.close()
unstarted = talk()
unstarted.close()
thrown = talk()
thrown.send(None)
try:
    thrown.throw(ValueError('thrown'))
except ValueError as error:
    print(error)
