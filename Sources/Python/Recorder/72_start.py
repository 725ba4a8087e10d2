# ---------------------------------------------------------------------------------------------
# Starting

class Options:
    output = socket = door = family = None
    hold = is_module = keep_loop = is_attached = stacks = subprocesses = False
    clock, scope, detail = 'real', 'user', 'all'
    max_events = keep_last = 0
    seed, chances = None, -1


_script = None              # the file name of the program's own code


def start(output=None, program=None, **chosen):
    """Starts to record what happens in this process, into a file, until `stop()` or its end."""
    global options, recording, _process, _folder, _script, _last, now, exact, CONTROL, RING, QUEUE
    global HEARD, finds_by_scanning, _search_after, _has_chores, _held, _successor
    if _is_left:
        if _successor is None or _successor._is_left:
            _successor = anew()
        return _successor.start(output, program, **chosen)
    if _process:
        raise RuntimeError('loopscope_recorder was started before')
    loops = chosen.pop('loops') if 'loops' in chosen else running_loops()
    if loops and chosen.get('clock') == 'virtual':
        raise RuntimeError('a virtual clock has to be there before the loop')
    wanted = Options()
    wanted.output = output
    vars(wanted).update(chosen)
    if wanted.seed is not None and (wanted.clock != 'virtual' or wanted.detail != 'all'):
        raise RuntimeError('a seed needs a virtual clock and all detail')
    if wanted.seed is None and wanted.chances >= 0:
        raise RuntimeError('chances are drawn from a seed')
    if wanted.keep_loop:
        wanted.detail = 'tasks'
    if wanted.stacks and wanted.detail != 'all':
        raise RuntimeError('stacks need all detail')
    if wanted.subprocesses and wanted.clock == 'virtual':
        raise RuntimeError('a virtual clock is that of one process')
    if wanted.subprocesses and not (output or wanted.door):
        raise RuntimeError('other processes need a file, or a door')
    if wanted.door and not wanted.subprocesses:
        raise RuntimeError('a door is for other processes, which are not to be recorded')
    if wanted.subprocesses and not wanted.door and not wanted.family:
        wanted.family = os.path.abspath(output)
    if wanted.stacks and not HAS_GIL:
        raise RuntimeError('stacks of another thread can be read only under the global interpreter lock; '
                           'set PYTHON_GIL=1')
    if HAS_MONITORING and wanted.detail == 'all' and free_tool() is None:
        raise RuntimeError('others have taken all tools of sys.monitoring; %s needs none' % (
            '--detail tasks' if wanted.is_attached else 'detail="tasks"'))
    options = wanted
    options.program = program or sys.argv
    main = sys.modules.get('__main__')
    _script = _script or getattr(main, '__file__', None)
    _folder = _folder or own_folder(main) + os.sep
    if options.output:
        SINKS.append((GzipSink if options.output.endswith('.gz') else FileSink)(options.output))
    _process = posix.getpid()              # from here on it has started
    _held = getattr(base_events.BaseEventLoop.time, 'lag', 0)
    if _held:
        now = program_now
    if options.socket is not None:
        sink = SocketSink(options.socket)
        SINKS.append(sink)
        CONTROL = Control(sink.descriptor, options.hold)
        now = program_now
    OPENED.extend(SINKS)
    if options.clock == 'virtual':
        now = virtual_now
    if options.seed is not None:
        leave_to_chance(options.seed, options.chances)
    if options.keep_last:
        RING = Ring(options.keep_last)
    write_header()
    _last = now()
    recording = True
    learn_waits()
    exact = HAS_MONITORING and options.detail == 'all'
    finds_by_scanning = not exact and VERSION >= (3, 8) and options.detail == 'all'
    if finds_by_scanning:
        _search_after, _has_chores = -1, True
    watch_threads()
    watch_loops()
    precede(base_events.BaseEventLoop, 'call_exception_handler', complain)
    base_events.logger.addFilter(SLOW_CALLBACKS)
    watch_exits()
    watch_processes()
    succeed(base_events.BaseEventLoop, 'run_in_executor', job_begun)
    if options.clock == 'virtual':
        watch_time()
    if options.detail == 'tasks':
        QUEUE = TaskQueue
        watch_tasks(meet_task)
        if HIDES_TASKS:
            take_tool()
            watch_making_of_tasks()
    else:
        watch_resources()
        watch_stream('stdout', PO)
        watch_stream('stderr', PO_ERROR)
        watch_warnings()
        if exact:
            watch_coroutines()
            watch_tasks(end_eager_step)
            watch_left_generators()
            HEARD = EAGER if HIDES_TASKS else HEARD
        else:
            precede(base_events.BaseEventLoop, '_asyncgen_finalizer_hook',
                    lambda loop, generator: revive(generator))
        if VERSION < (3, 8):
            watch_making()
    watch_uvloop()
    hide_frames()
    if options.stacks:
        hide_hurry()
        begin_sampling()
    for loop in loops:
        if loop is events._get_running_loop():
            watch_late(loop)
        else:
            watch_in_its_thread(loop)


def own_folder(main):
    """Where the program's script is; of a module, or what somebody types, where it was started."""
    script = _script if getattr(main, '__spec__', None) is None else None
    try:
        return os.path.dirname(os.path.abspath(script or 'typed'))
    except OSError:                     # that has been removed
        return ''


OWN_CODE = getframe().f_code
_successor = None           # the recorder that has taken over, once this one was stopped


def anew():
    """A recorder that knows nothing of what this one has seen."""
    module = types.ModuleType('loopscope_recorder')
    module.__file__ = __file__
    exec(OWN_CODE, vars(module))
    module.EARLIER = EARLIER or GLOBALS
    return module


def write_header():
    program = ','.join(quoted(shown(part)) for part in options.program)
    line = '{"loopscope":1,"clock":"%s","unit":"ns","program":[%s],"runtime":"CPython %d.%d.%d"' % (
        (options.clock, program) + sys.version_info[:3])
    if options.seed is not None:
        line += ',"seed":%d' % options.seed
    if options.chances >= 0:
        line += ',"chances":%d' % options.chances
    if options.subprocesses:
        line += ',"process":%d' % _process
    source = source_text(_script) if _script else None
    if source is not None:
        line += ',"sources":[{"name":%s,"text":%s}]' % (quoted(shown_path(_script)), quoted(source))
        look_for_renaming(source)
    line += '}\n'
    if RING is not None:
        RING.header = line
    else:
        write(line)


def shown(argument):
    return argument if isinstance(argument, str) else repr(argument)


def hide_frames():
    """Tracebacks and stacks that the program prints show nothing of us."""
    walk_stack, format_list = traceback.walk_stack, traceback.format_list

    def hidden_walk_stack(f):
        if f is None:
            f = getframe(1).f_back.f_back
        return (pair for pair in walk_stack(f) if not is_ours(pair[0]))

    def hiding(walk):
        return lambda tb: (pair for pair in walk(tb) if not is_ours(pair[0]))

    def hidden_format_list(extracted_list):     # for where debug mode saw a coroutine being made
        return format_list([line for line in extracted_list if not OWN_FILE or line[0] != OWN_FILE])

    replace(traceback, 'walk_stack', hidden_walk_stack)
    replace(traceback, 'format_list', hidden_format_list)
    for name in 'walk_tb', '_walk_tb_with_full_positions':
        if hasattr(traceback, name):
            replace(traceback, name, hiding(getattr(traceback, name)))


def hide_allocations():
    """A warning tells where its object was made, if tracemalloc has seen that: without our frames."""
    try:
        import tracemalloc          # as whoever shows it does
    except ImportError:
        return
    get = tracemalloc.get_object_traceback
    if not tracemalloc.is_tracing() or get.__globals__ is GLOBALS:
        return
    own = hide_allocations.__code__.co_filename

    def get_object_traceback(obj):
        found = get(obj)
        if found is not None:
            found._frames = tuple(frame for frame in found._frames if frame[0] != own)
        return found
    replace_function(tracemalloc, 'get_object_traceback', get_object_traceback)


def strip(exception):
    """Takes our frames out of an exception's traceback, and of those that led to it."""
    seen = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        entry = exception.__traceback__
        while entry is not None and is_ours(entry.tb_frame):
            entry = entry.tb_next
        exception.__traceback__ = entry
        while entry is not None and VERSION >= (3, 7):
            following = entry.tb_next
            while following is not None and is_ours(following.tb_frame):
                following = following.tb_next
            entry.tb_next = entry = following
        exception = exception.__cause__ or exception.__context__


