# ---------------------------------------------------------------------------------------------
# uvloop: its loop is written in C, and passes none of the places that are watched

class UvloopFinder:
    """Notices when uvloop is imported."""

    def find_spec(self, name, path=None, target=None):
        if name != 'uvloop':
            return None
        import importlib.util
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                uvloop_imported(module)
            spec.loader.exec_module = exec_module
        return spec


def watch_uvloop():
    if 'uvloop' in sys.modules:
        uvloop_imported(sys.modules['uvloop'])
    else:
        sys.meta_path.insert(0, UvloopFinder())


def uvloop_imported(module):
    global UNWATCHED
    if options.keep_loop and _begin is not None:
        return _begin()                 # nobody hears of it when this one makes a loop
    if options.keep_loop:
        UNWATCHED = module.Loop
        if HIDES_TASKS:
            succeed(module.Loop, 'create_task', lambda task, *arguments, **named: meet_made(task))
        return
    own = asyncio.SelectorEventLoop

    class Loop(own):
        """asyncio's own loop, under uvloop's name."""

        def __init__(self, *arguments, **named):
            own.__init__(self, *arguments, **named)
            say_once('uvloop cannot be watched: asyncio\'s own loop runs in its place. '
                     '--keep-loop keeps it and records tasks only.')

    Loop.__module__ = 'uvloop'
    Loop.__qualname__ = 'Loop'
    replace(module, 'Loop', Loop)
    replace_function(module, 'new_event_loop', lambda: Loop())


def let_uvloop_run():
    """In a process that is not recorded, uvloop's own loop is as good as ever."""
    sys.meta_path[:] = [one for one in sys.meta_path if type(one) is not UvloopFinder]
    if 'uvloop' in sys.modules:
        put_back(lambda owner, name: owner is sys.modules['uvloop'])


def say_once(said):
    said = 'RecorderWarning: ' + said
    if recording and said not in TEXTS:
        emit(PW, text(said), 0)
        flush()


