import asyncio


def functions(error):
    entry, found = error.__traceback__, []
    while entry is not None:
        found.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
        entry = entry.tb_next
    return found


def attempt(callback):
    try:
        print(type(loop.call_soon_threadsafe(callback)).__name__)
    except (TypeError, RuntimeError) as error:
        print(error, functions(error))


loop = asyncio.new_event_loop()
attempt(len)
loop.set_debug(True)
attempt(None)
loop.close()
attempt(len)
print(asyncio.BaseEventLoop.call_soon_threadsafe)
