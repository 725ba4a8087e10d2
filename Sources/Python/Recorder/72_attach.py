# ---------------------------------------------------------------------------------------------
# Attaching: a program that runs is asked from outside to execute something in its main thread
# (`sys.remote_exec`, from 3.14 on), and that calls `attach`

def attach(link, **chosen):
    """Starts to record into a socket, until that is closed. What is wrong is raised."""
    other = getattr(os._exit, '__globals__', {})
    if other.get('recording') or other.get('_is_left'):
        raise RuntimeError('it is being recorded already')
    if 'stop' in other:
        other['stop']()                 # it tells nothing any more, and has not come to leave yet
    try:
        start(socket=os.dup(link.fileno()), is_attached=True, **chosen)
        for loop in list(LOOPS):
            loop._write_to_self()       # where it listens to us from now on
        flush()
    except Exception:
        if not recording:
            raise
        fault()
        stop()


