from operator import methodcaller

_VERBS = {"a": "open", "b": "close"}


def each(thing, verb, kind):
    for name in ("start", "stop"):
        getattr(thing, name)()
    if verb in ("grow", "shrink"):
        getattr(thing, verb)()
    getattr(thing, _VERBS[kind])()
    hook = "before" if kind else "after"
    return methodcaller(hook)(thing)
