# ---------------------------------------------------------------------------------------------
# What of other modules is replaced by functions of ours, until it is put back

REPLACED = []               # owner, name, what stood there, and what does now
MISSING = object()


def replace(owner, name, value):
    """Puts something of ours in the place of an attribute of a module's, a class's or an object's."""
    before = vars(owner).get(name, MISSING)
    setattr(owner, name, value)
    REPLACED.append((owner, name, before, value))


def replace_function(owner, name, function, module=None):
    """The same for a function, which looks like the one before it."""
    replace(owner, name, named_like(getattr(owner, name), function, module))


def precede(owner, name, tell, module=None):
    """Has a function call one of ours first, with the same arguments."""
    original = getattr(owner, name)

    def preceded(*arguments, **named):
        try:
            tell(*arguments, **named)
        except Exception:
            fault()
        return original(*arguments, **named)
    replace_function(owner, name, preceded, module)


def succeed(owner, name, tell):
    """Has a function call one of ours at its end, with what it returns and the same arguments."""
    original = getattr(owner, name)

    def succeeded(*arguments, **named):
        result = original(*arguments, **named)
        try:
            tell(result, *arguments, **named)
        except Exception:
            fault()
        return result
    replace_function(owner, name, succeeded)


def put_back(is_meant=lambda owner, name: True):
    """Puts back what was replaced, or those that are meant; but not where others have come after us."""
    for entry in reversed(REPLACED[:]):
        owner, name, before, ours = entry
        if is_meant(owner, name):
            REPLACED.remove(entry)
            if vars(owner).get(name) is not ours:
                continue
            if before is MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, before)


def named_like(original, function, module=None):
    function.__name__, function.__qualname__ = original.__name__, original.__qualname__
    function.__doc__, function.__module__ = original.__doc__, module or original.__module__
    return function


