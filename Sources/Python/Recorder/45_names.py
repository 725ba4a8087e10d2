# ---------------------------------------------------------------------------------------------
# Names that tasks are given later, by `set_name`
#
# From 3.12 on the call of it is told, in the program's code and in that of a library whose code names it. Before
# that a task's name is looked at after its step, where a file of the program's has the word in it.

SET_NAME = getattr(tasks.Task, 'set_name', None)
RENAMING = 'set_name'

_renames = False            # whether names are to be looked at


def watch_naming(code):
    """Code of a library's that starts. Up to 3.12 asyncio itself names the tasks that it has made."""
    if (RENAMING in code.co_names and _tool is not None
            and (VERSION >= (3, 13) or not code.co_filename.startswith(ASYNCIO))):
        watched = MONITORING.get_local_events(_tool, code)
        MONITORING.set_local_events(_tool, code, watched | EVENTS.CALL)
    return DISABLE


def task_named_by(function, first):
    """The task whose `set_name` is called, with this as what stands first; None where something else is."""
    if function is SET_NAME:
        return first
    if (type(function) is BuiltinType and function.__name__ == RENAMING
            and future_kind(type(function.__self__)) == 'task'):
        return function.__self__
    return None


def keep_name(task):
    """A task is about to be renamed: it was made under the name that it has now."""
    try:
        record = TASKS.get(id(task))
        if record is not None:
            record.name = record.text
    except Exception:
        fault()


def on_c_return(code, offset, function, first):
    try:
        task = task_named_by(function, first)
        record = TASKS.get(id(task))
        if record is not None:
            name = task_name(task, record.id)
            if name != 'None':          # which 3.13.0 calls those of a factory that are to have no name
                emit(TM, record.id, text(name), lane_on_stack(getframe(1)))
    except Exception:
        fault()


CALLBACKS['C_RETURN'] = on_c_return


def look_for_renaming(source):
    global _renames, _has_chores
    if VERSION < (3, 12) and RENAMING in source:
        _renames = _has_chores = True


def look_at_name(record, task):
    """Tells of the name of a task whose step has ended, if it is not the one that was told last."""
    if record.name is not None:         # else it is told as that with which it was made
        name = task_name(task, record.id)
        if name != record.name:
            record.name = name
            emit(TM, record.id, text(name), 0)
