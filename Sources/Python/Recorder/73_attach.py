# ---------------------------------------------------------------------------------------------
# Attaching: a program that runs is asked from outside to execute something in its main thread
# (`sys.remote_exec`, from 3.14 on), and that calls `attach`

def attach(link, **chosen):
    """Starts to record into a socket, until that is closed. What is wrong is raised."""
    socket = -1
    try:
        other = getattr(os._exit, '__globals__', {})
        if other.get('recording') and is_alone(other['CONTROL']):
            other['leave_unless_looping']()
        if other.get('recording') or other.get('_is_left'):
            raise RuntimeError('it is being recorded already')
        if 'stop' in other:
            other['stop']()             # it tells nothing any more, and has not come to leave yet
        loops = running_loops()
        if not loops and runs_uvloop():
            raise RuntimeError("its loop is uvloop's, which cannot be watched. Have it run asyncio's "
                               'own (uvicorn: --loop asyncio)')
        socket = os.dup(link.fileno())
        start(socket=socket, is_attached=True, loops=loops, **chosen)
        for loop in list(LOOPS):
            loop._write_to_self()       # where it listens to us from now on
        if not loops:
            say_once('No loop of asyncio\'s runs in this process yet. Where a server has workers, each of '
                     'them runs one: `loopscope attach` lists them.')
        flush()
    except Exception:
        if recording:
            fault()
            return stop()
        if socket >= 0 and not OPENED:
            posix.close(socket)
        atexit.unregister(_last_words)
        raise


def is_alone(control):
    """Whether the one who had attached has gone, which nobody has noticed yet."""
    return control is not None and control.descriptor >= 0 and any(
        state & (select.POLLHUP | select.POLLERR) for _, state in control.poll(0))


def leave_unless_looping():
    """Who had attached is leaving, or has gone. A loop notices that by itself: without one, somebody
    has to say so."""
    if not any(map(is_ours, callers(getframe(1)))) and not any(vars(loop).get('_thread_id') for loop in list(LOOPS)):
        stop()


def runs_uvloop():
    kind = getattr(sys.modules.get('uvloop'), 'Loop', None)
    return isinstance(kind, type) and any(
        issubclass(type(thing), kind) and thing.is_running() for thing in objects_alive())
