HANDLERS = {}


def register(function):
    HANDLERS[function.__name__] = function
    return function


@register
def pay():
    return 1


NAMES = sorted(HANDLERS)
