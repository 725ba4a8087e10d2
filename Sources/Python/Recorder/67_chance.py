# ---------------------------------------------------------------------------------------------
# Chance: with a seed, what is left to the world outside is drawn from it
#
# That is how late a timer fires, and which of the descriptors that are ready are seen first, or a
# tick later. What asyncio promises stays: no timer fires early, and the ready queue is first in,
# first out.

SHORT = 0.001               # seconds by which any timer may be late
_chance = None              # tells the next number from 0 to 1
_chances_left = -1          # how often something may still be late, or out of order; -1: as often as may be


def leave_to_chance(seed, most):
    """Not by `random`: the program may have a module of that name, or seed it."""
    global _chance, _chances_left
    import _random
    _chance, _chances_left = _random.Random(seed).random, most


def take_chance():
    global _chances_left
    if _chances_left == 0:
        return False
    _chances_left -= 1
    return True


def late(when, loop):
    """A moment at or after that for which a timer is set: half of them are on time, and one in
    four takes up to half as long again, which is enough to come after what was to come later."""
    delay = when - loop.time() if type(when) in (int, float) else 0
    kind, part = _chance(), _chance()
    if kind < 0.5 or not 0 < delay < LATEST or not take_chance():
        return when
    return when + (SHORT if kind < 0.75 else delay / 2) * part


def in_any_order(select):
    """A selector's `select`, of whose answers some are kept for the next time. A loop that would wait
    gets one at least."""
    def select_some(timeout=None):
        ready = select(timeout)
        if not ready:
            return ready
        some = sorted(ready, key=lambda _: _chance())
        least = 0 if timeout is not None and timeout <= 0 else 1
        del some[least + int(_chance() * (len(some) - least + 1)):]
        return some if some != ready and take_chance() else ready
    return select_some

