# ---------------------------------------------------------------------------------------------
# Running a script or a module as the interpreter would have done without us

def read_arguments(arguments):
    chosen, rest = Options(), list(arguments)
    while rest:
        name = rest.pop(0)
        if name == '--':
            break
        if name == '-m':
            chosen.is_module = True
            break
        if not name.startswith('--'):
            rest.insert(0, name)
            break
        name, equals, value = name[2:].partition('=')
        name = name.replace('-', '_')
        if name in ('hold', 'keep_loop', 'stacks', 'subprocesses') and not equals:
            setattr(chosen, name, True)
            continue
        if not equals:
            value = rest.pop(0) if rest else ''
        allowed = {'clock': ('real', 'virtual'), 'scope': ('user', 'all'),
                   'detail': ('all', 'tasks')}.get(name)
        if name in ('max_events', 'keep_last', 'socket', 'seed', 'chances') and value.isdigit():
            value = int(value)
        elif not (name in ('output', 'door') and value or allowed and value in allowed):
            refuse('it does not know --%s %s' % (name.replace('_', '-'), value))
        setattr(chosen, name, value)
    if chosen.output is None and chosen.socket is None:
        refuse('it needs --output or --socket')
    if chosen.keep_last and chosen.socket is not None:
        refuse('--keep-last is for a file, not for a socket')
    if chosen.hold and chosen.socket is None:
        refuse('--hold needs --socket, by which the program is let go again')
    if not rest:
        refuse('it needs a script, or -m and a module')
    return chosen, rest


def refuse(why):
    sys.stderr.write('loopscope_recorder cannot start: %s\n' % why)
    sys.exit(2)


def main():
    global _folder, _script, __file__
    __file__ = '<loopscope>/' + os.path.basename(__file__)      # so that no coverage of it is measured
    chosen, rest = read_arguments(sys.argv[1:])
    program = rest[0]
    has_folder = not (sys.flags.isolated if VERSION < (3, 11) else sys.flags.safe_path)
    if VERSION >= (3, 10):
        sys.orig_argv[-len(sys.argv):] = (['-m'] if chosen.is_module else []) + rest
    sys.argv = rest
    if chosen.is_module:
        folder = os.getcwd() if VERSION >= (3, 7) else ''
        code, is_package = None, False
    else:
        is_package = os.path.isdir(program) or is_archive(program)
        folder = os.path.dirname(os.path.realpath(program))
        if is_package:
            folder = os.path.abspath(program) if VERSION >= (3, 9) else program
        _script = os.path.abspath(program) if VERSION >= (3, 9) and not is_package else program
    if has_folder or is_package:
        sys.path.insert(0, folder)
    is_installed = folder == os.path.join(os.path.realpath(sys.prefix), 'bin')
    _folder = (os.getcwd() if is_installed else os.path.abspath(folder)) + os.sep
    run(chosen, program, is_package)


def is_archive(path):
    try:
        with open(path, 'rb') as file:
            return file.read(4) == b'PK\x03\x04'
    except OSError:
        return False        # whoever reads it will say why


def run(chosen, program, is_package):
    """Runs a script as the interpreter would have done without us."""
    global _ending
    module = types.ModuleType('__main__')
    scope = module.__dict__
    if VERSION < (3, 14):
        scope['__annotations__'] = {}
    scope['__builtins__'] = builtins
    sys.modules['__main__'] = module
    del module              # a frame that kept it would change how modules go at the end
    names = dict((name, value) for name, value in vars(chosen).items() if name != 'output')
    try:
        start(chosen.output, (['-m'] if chosen.is_module else []) + sys.argv, **names)
    except (OSError, RuntimeError) as error:
        refuse(error)
    gc.collect(1)           # what is ours is old now: the program's own collections pass over it
    raise_recursion_limit(3 if VERSION >= (3, 12) else 4)
    failure = None
    try:
        if chosen.is_module or is_package:
            import runpy
            runpy._run_module_as_main('__main__' if is_package else program, chosen.is_module)
        else:
            from importlib.machinery import SourceFileLoader
            scope['__loader__'] = SourceFileLoader('__main__', _script)
            scope['__file__'] = _script
            if VERSION < (3, 15):
                scope['__cached__'] = None
            text = contents(program)
            read = file_reader(text)
            if read:
                read(scope, scope, 1, None)
            else:
                exec(compile(text, _script, 'exec', dont_inherit=True), scope)
    except SystemExit as exit:
        code = exit.code
        if code is not None and code != 0 or code is False:
            _ending = 'SystemExit: %s' % value_text(code)
        raise
    except BaseException as error:
        failure = error
    if failure is not None:
        _ending = exception_text(failure)
        show(failure)
        raise failure


def contents(path):
    try:
        with open(path, 'rb') as file:
            return file.read()
    except OSError as error:
        sys.stderr.write("%s: can't open file %s: [Errno %d] %s\n" % (
            sys.executable, repr(_script) if VERSION >= (3, 8) else "'%s'" % path, error.errno,
            error.strerror))
        sys.exit(2)


def file_reader(text):
    """What runs a script that is not UTF-8 throughout: the interpreter's own reader of files, which
    refuses what `compile` lets pass. It is given a scope by `run`, to be no frame above the script."""
    try:
        text.decode('utf-8')
    except UnicodeDecodeError:
        try:
            from ctypes import CDLL, c_char_p, c_int, c_void_p, py_object, pythonapi
        except ImportError:
            return None             # an interpreter that was built without
        opened, path = CDLL(None).fopen, os.fsencode(_script)
        opened.restype = c_void_p
        read = pythonapi.PyRun_FileExFlags
        read.restype, py_file_input = py_object, 257
        read.argtypes = [c_void_p, c_char_p, c_int, py_object, py_object, c_int, c_void_p]
        raise_recursion_limit(0 if VERSION >= (3, 12) else 1)
        return functools.partial(read, opened(path, b'rb'), path, py_file_input)


def show(error):
    """Prints an exception as the interpreter would, which then has only to end."""
    strip(error)
    hook = sys.excepthook
    try:
        hook(type(error), error, error.__traceback__)
    except SystemExit:
        raise
    except BaseException as second:
        strip(second)
        sys.stderr.write('Error in sys.excepthook:\n')
        sys.__excepthook__(type(second), second, second.__traceback__)
        sys.stderr.write('\nOriginal exception was:\n')
        sys.__excepthook__(type(error), error, error.__traceback__)
    sys.excepthook = lambda *arguments: None


def raise_recursion_limit(frames):
    """Our frames under the program must not take away from its depth."""
    get, put = sys.getrecursionlimit, sys.setrecursionlimit
    put(get() + frames)

    def getrecursionlimit():
        return get() - frames

    def setrecursionlimit(limit):
        put(limit + frames if type(limit) is int else limit)
    sys.getrecursionlimit, sys.setrecursionlimit = getrecursionlimit, setrecursionlimit


if __name__ == '__main__':
    main()
