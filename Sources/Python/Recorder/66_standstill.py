# ---------------------------------------------------------------------------------------------
# Standing still: nothing is ready, no timer is set, and nothing can wake the loop, for certain
#
# Asked where a loop goes idle; the first answers are cheap, and end it for nearly all.

_stood = 0                  # the time of the event that said so last


def look_for_standstill(queue):
    global _stood
    loop = events._get_running_loop()
    if (loop is None or loop._scheduled or loop._stopping or loop._ready is not queue
            or _last == _stood):
        return
    try:
        if not has_outside(loop) and not length(queue):
            emit(LS)
            _stood = _last
    except Exception:
        fault()


def has_outside(loop):
    """Whether a descriptor, a signal or a thread may wake a loop. A Ctrl-C may always."""
    selector = loop.__dict__.get('_selector')
    descriptors = selector.get_map() if selector is not None else None
    if (descriptors is None or len(descriptors) > 1 or getattr(loop, '_signal_handlers', None)
            or time_to_alarm() or not are_threads_idle(loop)):
        return True
    others = set(range(1, _signal.NSIG)) - {_signal.SIGINT}
    if any(callable(_signal.getsignal(number)) for number in others):
        return True
    handler = _signal.getsignal(_signal.SIGINT)
    return (callable(handler) and handler is not _signal.default_int_handler
            and callback_name(handler) != 'Runner._on_sigint')


def are_threads_idle(loop):
    """Whether there is no thread but this one, and such that wait for jobs of the loop's."""
    threading = sys.modules.get('threading')
    known = threading.enumerate() if threading is not None else [None]
    try:
        number = len(posix.listdir('/proc/self/task'))     # those of C code too
    except OSError:
        number = 1 + _thread._count()
    if number != len(known) + (_sampler is not None):
        return False
    if len(known) == 1:
        return True
    pool = loop._default_executor
    if type(pool) is not imported('concurrent.futures.thread', 'ThreadPoolExecutor'):
        return False
    if 'get_nowait' not in imported('concurrent.futures.thread', '_worker').__code__.co_names:
        return False                    # up to 3.11, a pool may count a busy thread as idle
    others = set(known) - {threading.current_thread()}
    return others <= pool._threads and pool._idle_semaphore._value == len(pool._threads)


