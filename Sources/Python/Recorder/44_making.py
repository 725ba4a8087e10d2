# ---------------------------------------------------------------------------------------------
# Coroutines as they are made: up to 3.7, the interpreter shows us each

class Unwarned:
    """No warnings, in the list of filters that is there: when Python ends, its C goes by the list in
    which it has looked last, which may be the one of a `catch_warnings`."""

    ALL = 'ignore', None, Warning, None, 0

    def __enter__(self):
        warnings.filters.insert(0, self.ALL)
        warnings._filters_mutated()

    def __exit__(self, *raised):
        warnings.filters.remove(self.ALL)
        warnings._filters_mutated()


def watch_making():
    """Up to 3.7. On 3.6, asyncio's debug mode needs the place that we take, and we come along."""
    get, put = sys.get_coroutine_wrapper, sys.set_coroutine_wrapper
    with Unwarned():
        put(coroutine_made)
    if VERSION < (3, 7):
        def get_coroutine_wrapper():
            return getattr(get(), 'wrapper', None)

        def set_coroutine_wrapper(wrapper):
            def made_and_wrapped(coroutine):
                return wrapper(coroutine_made(coroutine))
            made_and_wrapped.wrapper = wrapper
            put(coroutine_made if wrapper is None else made_and_wrapped)
        replace_function(sys, 'get_coroutine_wrapper', get_coroutine_wrapper)
        replace_function(sys, 'set_coroutine_wrapper', set_coroutine_wrapper)


def unwatch_making():
    """What debug mode has put in that place meanwhile stays there."""
    if VERSION < (3, 8):
        with Unwarned():
            wrapper = sys.get_coroutine_wrapper()
            put_back(lambda owner, name: owner is sys)
            sys.set_coroutine_wrapper(None if wrapper is coroutine_made else wrapper)


def coroutine_made(coroutine):
    """The interpreter shows us every coroutine as it is made."""
    global _has_chores
    try:
        if recording and code_of(coroutine.cr_code).is_watched:
            notice(getframe(1))
            MADE.append(lane_of(coroutine, getframe(1)))
            _has_chores = True
    except Exception:
        fault()
    return coroutine


def settle_made():
    """Up to 3.7: of the coroutines that were made in a step, some have run in it, unseen."""
    while MADE:
        settle_ended(MADE.pop(0))


